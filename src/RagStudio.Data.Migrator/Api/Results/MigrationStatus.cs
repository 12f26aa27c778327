namespace RagStudio.Data.Migrator;

/// <summary>The state of a set of databases.</summary>
/// <param name="Verdict">The state of the set in one word.</param>
/// <param name="Databases">The state of each database.</param>
/// <param name="LastMigrationTime">
/// The time when a migration was last applied; <see langword="null"/> if none is recorded.
/// </param>
/// <param name="History">The last ten records, newest first.</param>
public sealed record MigrationStatus(
    MigrationVerdict Verdict,
    IReadOnlyList<DatabaseStatus> Databases,
    DateTimeOffset? LastMigrationTime,
    IReadOnlyList<MigrationRecord> History
);
