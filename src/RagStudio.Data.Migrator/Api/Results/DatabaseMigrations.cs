namespace RagStudio.Data.Migrator;

/// <summary>The migrations of one database in a run.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Migrations">The migrations that were attempted, in order.</param>
public sealed record DatabaseMigrations(string Name, IReadOnlyList<AppliedMigration> Migrations);
