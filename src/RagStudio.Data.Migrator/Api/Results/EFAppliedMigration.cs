namespace RagStudio.Data.Migrator;

/// <summary>
/// A migration that EF applied without the migrator: EF's history has its id, but neither its time nor its duration.
/// </summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Version">EF's migration id.</param>
public sealed record EFAppliedMigration(string Database, string Version);
