namespace RagStudio.Data.Migrator;

/// <summary>A run failed, and the databases could not be restored. Manual intervention is required.</summary>
public sealed class RollbackFailedException : MigrationException
{
    internal RollbackFailedException(string? backupPath, Exception runFailure, Exception restoreFailure)
        : this(
            $"The run failed ({runFailure.Message}) and the databases could not be restored ({restoreFailure.Message}). "
                + (
                    backupPath is null
                        ? "No database existed before: remove the new files, then try again."
                        : $"The backup '{backupPath}' is complete: remove the cause, and the next start restores it before anything else."
                ),
            backupPath,
            runFailure,
            restoreFailure
        ) { }

    /// <summary>The run was to be undone by its transactions.</summary>
    internal RollbackFailedException(Exception runFailure, Exception rollBackFailure)
        : this(
            $"The run failed ({runFailure.Message}) and could not be rolled back everywhere ({rollBackFailure.Message}). "
                + "Each database is wholly as before or wholly migrated: remove the cause, and the next start completes what is missing.",
            backupPath: null,
            runFailure,
            rollBackFailure
        ) { }

    private RollbackFailedException(string message, string? backupPath, Exception runFailure, Exception cause)
        : base(MigrationPhase.RollBack, DataState.NeedsAttention, message, cause) =>
        (BackupPath, RunFailure) = (backupPath, runFailure);

    /// <summary>
    /// The backup's folder; <see langword="null"/> if no database existed before the run, or if it needed no backup.
    /// </summary>
    public string? BackupPath { get; }

    /// <summary>The original failure of the run.</summary>
    public Exception RunFailure { get; }
}
