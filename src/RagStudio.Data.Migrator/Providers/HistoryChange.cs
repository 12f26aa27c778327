namespace RagStudio.Data.Migrator.Providers;

/// <summary>A change of EF's history that no migration makes.</summary>
/// <param name="Added">The ids to add.</param>
/// <param name="Removed">The ids to remove, as they are in the table.</param>
/// <param name="Dropped">Tables to drop with it.</param>
/// <param name="Records">The lines of the migrator's history that say so.</param>
public sealed record HistoryChange(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<MigrationRecord> Records
);
