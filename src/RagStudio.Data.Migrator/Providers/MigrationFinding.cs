namespace RagStudio.Data.Migrator.Providers;

/// <summary>A provider's finding about a pending migration.</summary>
/// <param name="Version">The migration's id.</param>
/// <param name="Finding">The finding.</param>
public sealed record MigrationFinding(string Version, PlanFinding Finding);
