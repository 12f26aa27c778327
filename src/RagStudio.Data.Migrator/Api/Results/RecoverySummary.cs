namespace RagStudio.Data.Migrator;

/// <summary>The result of a recovery.</summary>
/// <param name="RunId">The id of the run that recovered.</param>
/// <param name="InterruptedRunId">The id of the killed run; <see langword="null"/> if there was none.</param>
/// <param name="Restored">True if the databases were restored to their state before that run.</param>
/// <param name="BackupId">The set that was restored; <see langword="null"/> if there was nothing to restore.</param>
/// <param name="AsideBackupId">The backup set of the replaced databases.</param>
public sealed record RecoverySummary(
    string RunId,
    string? InterruptedRunId,
    bool Restored,
    string? BackupId,
    string? AsideBackupId
)
{
    /// <summary>
    /// True if a database itself kept what an interrupted run had left, and completed or undid it when it was opened.
    /// </summary>
    public bool Settled { get; init; }
}
