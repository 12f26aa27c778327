namespace RagStudio.Data.Migrator.Providers;

/// <summary>A migration that cannot be compiled: EF generates its commands when it runs.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Reason">The reason, as a clause.</param>
public sealed record UncompiledMigration(string Version, string Reason);
