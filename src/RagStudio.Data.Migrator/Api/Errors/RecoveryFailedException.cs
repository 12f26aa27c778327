namespace RagStudio.Data.Migrator;

/// <summary>
/// A run died half way, and what it left could not be put back. Nothing more was changed, and nothing is until a person has
/// decided: every further start ends here.
/// </summary>
public sealed class RecoveryFailedException : MigrationException
{
    internal RecoveryFailedException(string journal, string? backup, string reason, Exception? cause = null)
        : base(MigrationPhase.Recover, DataState.NeedsAttention, Describe(journal, backup, reason), cause) =>
        (JournalPath, BackupPath) = (journal, backup);

    /// <summary>The journal of the run that died.</summary>
    public string JournalPath { get; }

    /// <summary>The backup from before that run; <see langword="null"/> where the journal does not tell.</summary>
    public string? BackupPath { get; }

    private static string Describe(string journal, string? backup, string reason) =>
        $"An earlier run was interrupted and cannot be undone: {reason}. The databases were left as they are. "
        + (backup is null ? "Choose" : $"Bring back the backup '{backup}', or choose")
        + $" a backup to restore by hand, then remove the journal '{journal}'.";
}
