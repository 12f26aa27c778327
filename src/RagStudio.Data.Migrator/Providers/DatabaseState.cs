namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a database says of itself.</summary>
/// <param name="Applied">The ids in EF's history, in their order.</param>
/// <param name="LastApplied">
/// When a migration was last applied by the migrator; <see langword="null"/> where none was, or where no history was asked for.
/// </param>
/// <param name="History">History records, the newest first.</param>
/// <param name="Checksums">
/// For each migration's id, whatever its case, the checksum of the newest <see cref="MigrationEvent.Applied"/> or
/// <see cref="MigrationEvent.Accepted"/> line of this database that has one.
/// </param>
public sealed record DatabaseState(
    IReadOnlyList<string> Applied,
    DateTimeOffset? LastApplied,
    IReadOnlyList<MigrationRecord> History,
    IReadOnlyDictionary<string, string> Checksums
)
{
    /// <summary>What <see cref="IStorageSession.WriteCacheAsync"/> last wrote for the database.</summary>
    /// <value>Default: nothing.</value>
    public DatabaseCache Cache { get; init; } = DatabaseCache.Empty;

    /// <summary>The state of a database that does not exist or has no history.</summary>
    public static DatabaseState Empty { get; } = new([], null, [], new Dictionary<string, string>());
}
