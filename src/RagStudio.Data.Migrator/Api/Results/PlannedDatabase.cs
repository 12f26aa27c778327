namespace RagStudio.Data.Migrator;

/// <summary>What a run would do to one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Migrations">The pending migrations in the order of the run.</param>
public sealed record PlannedDatabase(string Name, IReadOnlyList<PlannedMigration> Migrations);
