namespace RagStudio.Data.Migrator;

/// <summary>
/// The databases are not up to date, and the start-up policy does not allow this process to migrate them. Nothing was
/// changed.
/// </summary>
public sealed class NotUpToDateException : MigrationException
{
    internal NotUpToDateException(MigrationStatus status, TimeSpan? waited)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(status, waited)) =>
        (Status, Waited) = (status, waited);

    /// <summary>The state of the databases: what is pending, unknown and drifted in each.</summary>
    public MigrationStatus Status { get; }

    /// <summary>
    /// The time spent waiting for another process; <see langword="null"/> if waiting would not have helped.
    /// </summary>
    public TimeSpan? Waited { get; }

    private static string Describe(MigrationStatus status, TimeSpan? waited) =>
        (waited is { } time ? $"No other process has migrated the databases within {time.TotalSeconds:0.#} s: " : "")
        + $"{What(status.Verdict)}: {string.Join("; ", status.Databases.Select(Describe).Where(text => text.Length > 0))}. "
        + $"Nothing was changed. {Advice(status.Verdict)}";

    private static string What(MigrationVerdict verdict) =>
        verdict switch
        {
            MigrationVerdict.Newer => "A database was written by a newer program",
            MigrationVerdict.Drifted => "A database differs from what its migrations create",
            MigrationVerdict.Moved => "The data was copied to another database",
            MigrationVerdict.Interrupted => "An earlier run was interrupted and must be undone first",
            _ => "Migrations are pending",
        };

    private static string Describe(DatabaseStatus database)
    {
        string[] drift = [.. database.Drift.Select(sentence => sentence.TrimEnd('.'))];
        string?[] parts =
        [
            Count(database.Pending, "pending"),
            Count(database.Unknown, "unknown"),
            drift.Length == 0 ? null : VersionList.Format(drift, "; "),
        ];
        return parts.OfType<string>().Any() ? $"'{database.Name}' ({string.Join("; ", parts.OfType<string>())})" : "";
    }

    private static string? Count(IReadOnlyList<string> versions, string what) =>
        versions.Count == 0 ? null : $"{versions.Count} {what}: {VersionList.Format(versions)}";

    private static string Advice(MigrationVerdict verdict) =>
        verdict switch
        {
            MigrationVerdict.Newer => "Start the newer program, or restore a backup that this one can open.",
            MigrationVerdict.Moved => "Configure the program for the database that has the data now.",
            MigrationVerdict.Drifted => "Look at what was changed; accept an edited migration only with a reason.",
            _ => "Start the program that migrates, or set StartupPolicy to Migrate, then start again.",
        };
}
