using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a run's changes to a database, within that of <c>migrate</c> and <c>rollback</c>.</summary>
internal sealed record MigratedDatabaseDocument(string Name, IReadOnlyList<AppliedMigrationDocument> Migrations)
{
    public static MigratedDatabaseDocument From(DatabaseMigrations database) =>
        new(database.Name, [.. database.Migrations.Select(AppliedMigrationDocument.From)]);

    public static MigratedDatabaseDocument From(DatabaseMigrations database, RollbackPlan? plan)
    {
        var planned = plan?.Databases.FirstOrDefault(one => one.Name == database.Name)?.Migrations ?? [];
        return new(
            database.Name,
            [
                .. database.Migrations.Select(reverted =>
                    AppliedMigrationDocument.From(
                        reverted,
                        planned.FirstOrDefault(one => one.Version == reverted.Version)
                    )
                ),
            ]
        );
    }
}
