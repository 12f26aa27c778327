namespace RagStudio.Data.Benchmarks;

/// <summary>The statements of <c>Up</c> and <c>Down</c>, as EF writes them.</summary>
internal static class OperationSource
{
    public static string CreateTable(GeneratedTable table)
    {
        var columns = table.Columns.Select(column => $"{column.Name} = {Column(table.Engine, column)},");
        return $$"""
            migrationBuilder.CreateTable(
                name: "{{table.Name}}",
                columns: table => new
                {
                    Id = table.Column<int>(type: "{{table.Engine.Types[
                "int"
            ]}}", nullable: false).Annotation({{table.Engine.Identity}}),
                    {{(
                table.Parent is null
                    ? ""
                    : $"ParentId = table.Column<int>(type: \"{table.Engine.Types["int"]}\", nullable: true),"
            )}}
                    {{string.Join("\n        ", columns)}}
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_{{table.Name}}", x => x.Id);
                    {{(table.Parent is null ? "" : ForeignKey(table, table.Parent))}}
                });
            {{(table.Parent is null ? "" : CreateIndex(table, "ParentId"))}}
            """;
    }

    public static string DropTable(GeneratedTable table) => $"migrationBuilder.DropTable(name: \"{table.Name}\");";

    public static string AddColumn(GeneratedTable table, GeneratedColumn column) =>
        $"migrationBuilder.AddColumn<{column.ClrType}>(name: \"{column.Name}\", table: \"{table.Name}\", {Facets(table.Engine, column)});";

    public static string DropColumn(GeneratedTable table, GeneratedColumn column) =>
        $"migrationBuilder.DropColumn(name: \"{column.Name}\", table: \"{table.Name}\");";

    public static string RenameColumn(GeneratedTable table, string old, string renamed) =>
        $"migrationBuilder.RenameColumn(name: \"{old}\", table: \"{table.Name}\", newName: \"{renamed}\");";

    public static string AlterColumn(GeneratedTable table, GeneratedColumn old, GeneratedColumn altered) =>
        $"""
            migrationBuilder.AlterColumn<{altered.ClrType}>(
                name: "{altered.Name}",
                table: "{table.Name}",
                {Facets(table.Engine, altered)},
                oldClrType: typeof({old.ClrType}),
                oldType: "{table.Engine.Types[old.ClrType]}",
                oldNullable: {Literal(!old.Required)});
            """;

    public static string CreateIndex(GeneratedTable table, string column) =>
        $"migrationBuilder.CreateIndex(name: \"{table.IndexName(column)}\", table: \"{table.Name}\", column: \"{column}\");";

    public static string DropIndex(GeneratedTable table, string column) =>
        $"migrationBuilder.DropIndex(name: \"{table.IndexName(column)}\", table: \"{table.Name}\");";

    public static string Sql(string sql) =>
        $"migrationBuilder.Sql(@\"{sql.Replace("\"", "\"\"", StringComparison.Ordinal)}\");";

    private static string Column(Engine engine, GeneratedColumn column) =>
        $"table.Column<{column.ClrType}>({Facets(engine, column)})";

    private static string Facets(Engine engine, GeneratedColumn column) =>
        $"type: \"{engine.Types[column.ClrType]}\", nullable: {Literal(!column.Required)}"
        + (column.Default is null ? "" : $", defaultValue: {column.Default}");

    private static string ForeignKey(GeneratedTable table, GeneratedTable parent) =>
        $"""
            table.ForeignKey(
                name: "FK_{table.Name}_{parent.Name}_ParentId",
                column: x => x.ParentId,
                principalTable: "{parent.Name}",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
            """;

    private static string Literal(bool value) => value ? "true" : "false";
}
