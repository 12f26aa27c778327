using System.Text;

namespace RagStudio.Data.Benchmarks;

/// <summary>The statements that build a model, as EF writes them in a snapshot and in a migration's target model.</summary>
internal static class ModelSource
{
    /// <param name="tables">The tables of the model.</param>
    /// <param name="withClasses">Whether the entities are named by their classes, as a context does, or by text, as a snapshot does.</param>
    public static string Of(IEnumerable<GeneratedTable> tables, bool withClasses)
    {
        var source = new StringBuilder();
        if (!withClasses)
        {
            source.AppendLine("modelBuilder.HasAnnotation(\"ProductVersion\", \"10.0.15\");");
        }
        foreach (var table in tables)
        {
            source.AppendLine(Start(table, withClasses));
            WriteColumns(source, table);
            source.AppendLine("});");
        }
        foreach (var table in tables.Where(table => table.Parent is not null))
        {
            source.AppendLine(Start(table, withClasses));
            source.AppendLine(
                $"b.HasOne(\"Generated.{table.Parent!.Entity}\", null).WithMany().HasForeignKey(\"ParentId\").OnDelete(DeleteBehavior.Cascade);"
            );
            source.AppendLine("});");
        }
        return source.ToString();
    }

    private static string Start(GeneratedTable table, bool withClasses) =>
        withClasses
            ? $"modelBuilder.Entity<{table.Entity}>(b => {{"
            // EF leaves out the type, which comes to the same code but has the compiler try every overload.
            : $"modelBuilder.Entity(\"Generated.{table.Entity}\", (EntityTypeBuilder b) => {{";

    private static void WriteColumns(StringBuilder source, GeneratedTable table)
    {
        source.AppendLine("b.Property<int>(\"Id\").ValueGeneratedOnAdd().HasColumnType(\"INTEGER\");");
        source.AppendLine("SqlitePropertyBuilderExtensions.UseAutoincrement(b.Property<int>(\"Id\"));");
        if (table.Parent is not null)
        {
            source.AppendLine("b.Property<int?>(\"ParentId\").HasColumnType(\"INTEGER\");");
        }
        foreach (var column in table.Columns)
        {
            source.AppendLine(
                $"b.Property<{column.PropertyType}>(\"{column.Name}\"){(column is { Required: true, ClrType: "string" } ? ".IsRequired()" : "")}.HasColumnType(\"{column.StoreType}\");"
            );
        }
        source.AppendLine("b.HasKey(\"Id\");");
        foreach (var index in table.Indexes)
        {
            source.AppendLine($"b.HasIndex(\"{index}\");");
        }
        source.AppendLine($"b.ToTable(\"{table.Name}\", (string)null);");
    }
}
