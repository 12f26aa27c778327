namespace RagStudio.Data.Migrator;

/// <summary>What a database says of itself.</summary>
/// <param name="Applied">The ids in EF's history, in their order.</param>
/// <param name="LastApplied">When a migration was last applied by the migrator; <see langword="null"/> where none was.</param>
/// <param name="History">History records, the newest first.</param>
public sealed record DatabaseState(
    IReadOnlyList<string> Applied,
    DateTimeOffset? LastApplied,
    IReadOnlyList<MigrationRecord> History
)
{
    /// <summary>The state of a database that does not exist or has no history.</summary>
    public static DatabaseState Empty { get; } = new([], null, []);
}
