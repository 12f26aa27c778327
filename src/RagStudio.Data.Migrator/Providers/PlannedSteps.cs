namespace RagStudio.Data.Migrator.Providers;

/// <summary>The plan of a run for one database of a storage.</summary>
/// <param name="Database">The database.</param>
/// <param name="Versions">The migrations in the order of the run; empty if the content is replaced, or nothing is done.</param>
/// <param name="IsReverting">True if they are reverted, not applied.</param>
public sealed record PlannedSteps(IMigrationDatabase Database, IReadOnlyList<string> Versions, bool IsReverting);
