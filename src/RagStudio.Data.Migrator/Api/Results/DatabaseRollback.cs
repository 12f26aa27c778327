namespace RagStudio.Data.Migrator;

/// <summary>The plan of a rollback for one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Versions">The migrations to revert, newest first; empty if there is nothing to do.</param>
public sealed record DatabaseRollback(string Name, IReadOnlyList<string> Versions)
{
    /// <summary>
    /// The same migrations with the findings for reverting them, counted in the present rows. Their SQL is empty.
    /// </summary>
    public IReadOnlyList<PlannedMigration> Migrations { get; init; } = [];
}
