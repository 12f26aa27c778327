namespace RagStudio.Data.Migrator;

/// <summary>What a rollback would do to one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Versions">The migrations to revert, the newest first; empty where there is nothing to do.</param>
public sealed record DatabaseRollback(string Name, IReadOnlyList<string> Versions)
{
    /// <summary>The same migrations with what reverting them would meet, counted in the rows that are there now. Their SQL is empty.</summary>
    public IReadOnlyList<PlannedMigration> Migrations { get; init; } = [];
}
