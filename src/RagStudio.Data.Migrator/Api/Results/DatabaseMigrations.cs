namespace RagStudio.Data.Migrator;

/// <summary>What a run did to one database.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Migrations">The migrations that were tried, in their order.</param>
public sealed record DatabaseMigrations(string Name, IReadOnlyList<AppliedMigration> Migrations);
