namespace RagStudio.Data.Migrator.Providers;

/// <summary>The state that a database records.</summary>
/// <param name="Applied">The ids in EF's history, in order.</param>
/// <param name="LastApplied">
/// The time when the migrator last applied a migration; <see langword="null"/> if there is none, or if no
/// history was requested.
/// </param>
/// <param name="History">History records, newest first.</param>
/// <param name="Checksums">
/// For each migration's id, in any case, the checksum of the newest <see cref="MigrationEvent.Applied"/>,
/// <see cref="MigrationEvent.Accepted"/> or <see cref="MigrationEvent.Adopted"/> line of this database that has one.
/// </param>
public sealed record DatabaseState(
    IReadOnlyList<string> Applied,
    DateTimeOffset? LastApplied,
    IReadOnlyList<MigrationRecord> History,
    IReadOnlyDictionary<string, string> Checksums
)
{
    /// <summary>The cache that <see cref="IStorageSession.WriteCacheAsync"/> last wrote for the database.</summary>
    /// <value>Default: an empty cache.</value>
    public DatabaseCache Cache { get; init; } = DatabaseCache.Empty;

    /// <summary>
    /// True if a run has left work that the next <see cref="IDatabaseStorage.OpenAsync"/> completes or undoes.
    /// </summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Where the data was copied to, for people, if the database is marked as moved.</summary>
    /// <value>Default: <see langword="null"/>, for one that is not.</value>
    public string? MovedTo { get; init; }

    /// <summary>The state of a database that does not exist or has no history.</summary>
    public static DatabaseState Empty { get; } = new([], null, [], new Dictionary<string, string>());
}
