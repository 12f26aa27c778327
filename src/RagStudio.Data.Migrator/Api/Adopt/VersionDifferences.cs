namespace RagStudio.Data.Migrator;

/// <summary>How a schema differs from what the migrations up to a version make.</summary>
/// <param name="Version">The version; <c>0</c> for no migration at all.</param>
/// <param name="Differences">A sentence for each difference; empty if there is none.</param>
public sealed record VersionDifferences(string Version, IReadOnlyList<string> Differences);
