namespace RagStudio.Data.Migrator;

/// <summary>What <see cref="IDatabaseRelocation.RelocateAsync"/> would move.</summary>
/// <param name="Database">The database's name.</param>
/// <param name="From">The location of the storage that it is in, for people.</param>
/// <param name="To">The location of the storage that it moves to, for people.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Duration">The duration of the search.</param>
public sealed record RelocationPlan(
    string Database,
    string From,
    string To,
    IReadOnlyList<RelocatedTable> Tables,
    TimeSpan Duration
);
