using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>What a run did to one database, within the JSON of <c>migrate</c> and <c>rollback</c>.</summary>
internal sealed record MigratedDatabaseDocument(string Name, IReadOnlyList<AppliedMigrationDocument> Migrations)
{
    public static MigratedDatabaseDocument From(DatabaseMigrations database) =>
        new(database.Name, [.. database.Migrations.Select(AppliedMigrationDocument.From)]);
}
