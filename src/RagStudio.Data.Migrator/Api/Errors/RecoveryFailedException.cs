namespace RagStudio.Data.Migrator;

/// <summary>
/// A run was killed, and its changes cannot be undone. Nothing more was changed, and every further start fails with
/// this error until the cause is resolved by hand.
/// </summary>
public sealed class RecoveryFailedException : MigrationException
{
    internal RecoveryFailedException(string journal, string? backup, string reason, Exception? cause = null)
        : base(MigrationPhase.Recover, DataState.NeedsAttention, Describe(journal, backup, reason), cause) =>
        (JournalPath, BackupPath) = (journal, backup);

    /// <summary>The journal of the killed run.</summary>
    public string JournalPath { get; }

    /// <summary>The backup made before that run; <see langword="null"/> if the journal does not name it.</summary>
    public string? BackupPath { get; }

    private static string Describe(string journal, string? backup, string reason) =>
        $"An earlier run was interrupted and cannot be undone: {reason}. The databases were left as they are. "
        + (backup is null ? "Choose" : $"Restore the backup '{backup}', or choose")
        + $" a backup to restore by hand, then remove the journal '{journal}'.";
}
