namespace RagStudio.Data.Migrator;

/// <summary>The plan of a run for one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Migrations">The pending migrations, in order.</param>
public sealed record PlannedDatabase(string Name, IReadOnlyList<PlannedMigration> Migrations);
