namespace RagStudio.Data.Migrator.Providers;

/// <summary>A migration whose commands cannot be generated beforehand: EF generates them when it runs.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Reason">Why, as a clause.</param>
public sealed record UncompiledMigration(string Version, string Reason);
