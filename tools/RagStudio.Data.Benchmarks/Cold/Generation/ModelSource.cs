using System.Text;

namespace RagStudio.Data.Benchmarks;

/// <summary>The statements that build a model, as EF writes them in a snapshot and in a migration's target model.</summary>
internal static class ModelSource
{
    /// <param name="tables">The tables of the model.</param>
    /// <param name="withClasses">
    /// True to refer to entities by class, as a context does; false for their names, as in a snapshot.
    /// </param>
    public static string Of(IReadOnlyList<GeneratedTable> tables, bool withClasses) =>
        string.Join('\n', Parts(tables, withClasses));

    /// <summary>The statements in parts: one for the columns of each table and one for each foreign key.</summary>
    public static IEnumerable<string> Parts(IReadOnlyList<GeneratedTable> tables, bool withClasses)
    {
        if (!withClasses)
        {
            yield return "modelBuilder.HasAnnotation(\"ProductVersion\", \"10.0.15\");";
        }
        foreach (var table in tables)
        {
            yield return Start(table, withClasses) + Columns(table) + "});";
        }
        foreach (var table in tables.Where(table => table.Parent is not null))
        {
            yield return Start(table, withClasses)
                + $"b.HasOne(\"Generated.{table.Parent!.Entity}\", null).WithMany().HasForeignKey(\"ParentId\").OnDelete(DeleteBehavior.Cascade);"
                + "});";
        }
    }

    private static string Start(GeneratedTable table, bool withClasses) =>
        withClasses
            ? $"modelBuilder.Entity<{table.Entity}>(b => {{"
            // EF omits the type, which results in the same code but makes the compiler try every overload.
            : $"modelBuilder.Entity(\"Generated.{table.Entity}\", (EntityTypeBuilder b) => {{";

    private static string Columns(GeneratedTable table)
    {
        var integer = table.Engine.Types["int"];
        var source = new StringBuilder();
        source.AppendLine($"b.Property<int>(\"Id\").ValueGeneratedOnAdd().HasColumnType(\"{integer}\");");
        source.AppendLine(table.Engine.UseIdentity);
        if (table.Parent is not null)
        {
            source.AppendLine($"b.Property<int?>(\"ParentId\").HasColumnType(\"{integer}\");");
        }
        foreach (var column in table.Columns)
        {
            source.AppendLine(
                $"b.Property<{column.PropertyType}>(\"{column.Name}\"){(column is { Required: true, ClrType: "string" } ? ".IsRequired()" : "")}.HasColumnType(\"{table.Engine.Types[column.ClrType]}\");"
            );
        }
        source.AppendLine("b.HasKey(\"Id\");");
        foreach (var index in table.Indexes)
        {
            source.AppendLine($"b.HasIndex(\"{index}\");");
        }
        source.AppendLine($"b.ToTable(\"{table.Name}\", (string)null);");
        return source.ToString();
    }
}
