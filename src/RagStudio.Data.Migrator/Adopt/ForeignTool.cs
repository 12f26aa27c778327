using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>
/// Recognizes the table in which another migration tool keeps its history, by its columns: the tools let people choose its
/// name. It tells readers where a database comes from, and decides nothing.
/// </summary>
internal static class ForeignTool
{
    private static readonly (string Tool, string[] Columns)[] Known =
    [
        ("Diesel", ["version", "run_on"]),
        ("sqlx", ["version", "description", "installed_on", "success", "checksum", "execution_time"]),
        ("DbUp", ["SchemaVersionID", "ScriptName", "Applied"]),
        ("FluentMigrator", ["Version", "AppliedOn", "Description"]),
        (
            "Evolve",
            ["id", "type", "version", "description", "name", "checksum", "installed_by", "installed_on", "success"]
        ),
        (
            "Flyway",
            [
                "installed_rank",
                "version",
                "description",
                "type",
                "script",
                "checksum",
                "installed_by",
                "installed_on",
                "execution_time",
                "success",
            ]
        ),
        ("Entity Framework Core, for a context with another history table", ["MigrationId", "ProductVersion"]),
    ];

    /// <returns>The tool; <see langword="null"/> for any other table.</returns>
    public static string? Find(TableSchema table) =>
        Known
            .FirstOrDefault(known =>
                known.Columns.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(table.Columns.Select(c => c.Name))
            )
            .Tool;
}
