namespace RagStudio.Data.Migrator;

/// <summary>A migration that EF applied without the migrator: EF's history has its id, and nobody knows when it was, nor how long it took.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Version">EF's migration id.</param>
public sealed record EFAppliedMigration(string Database, string Version);
