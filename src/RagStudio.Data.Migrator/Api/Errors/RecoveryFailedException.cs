namespace RagStudio.Data.Migrator;

/// <summary>
/// A run was killed, and its changes could not be undone. The journal stays: every start tries again, and fails with
/// this error until the cause is resolved.
/// </summary>
public sealed class RecoveryFailedException : MigrationException
{
    internal RecoveryFailedException(string journal, string? backup, string reason, Exception? cause = null)
        : base(MigrationPhase.Recover, DataState.NeedsAttention, Describe(journal, backup, reason), cause) =>
        (JournalPath, BackupPath) = (journal, backup);

    /// <summary>The backup is whole, but could not be restored now.</summary>
    internal RecoveryFailedException(string journal, string? backup, Exception cause)
        : base(MigrationPhase.Recover, DataState.NeedsAttention, Describe(backup, cause), cause) =>
        (JournalPath, BackupPath) = (journal, backup);

    /// <summary>The journal of the killed run.</summary>
    public string JournalPath { get; }

    /// <summary>The backup made before that run; <see langword="null"/> if the journal does not name it.</summary>
    public string? BackupPath { get; }

    private static string Describe(string? backup, Exception cause) =>
        "An earlier run was interrupted, and "
        + (
            backup is null
                ? "the databases that it created could not be emptied"
                : $"its backup '{backup}' could not be restored"
        )
        + $": {cause.Message.TrimEnd('.')}. Some databases may be as before that run and others not. The next start tries again.";

    private static string Describe(string journal, string? backup, string reason) =>
        $"An earlier run was interrupted and cannot be undone: {reason}. The databases were left as they are. "
        + (backup is null ? "Choose" : $"Restore the backup '{backup}', or choose")
        + $" a backup to restore by hand, then remove the journal '{journal}'.";
}
