using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of the plan for a database.</summary>
internal sealed record PlannedDatabaseDocument(string Name, IReadOnlyList<PlannedMigrationDocument> Migrations)
{
    public static PlannedDatabaseDocument From(PlannedDatabase database) =>
        new(database.Name, [.. database.Migrations.Select(PlannedMigrationDocument.From)]);
}
