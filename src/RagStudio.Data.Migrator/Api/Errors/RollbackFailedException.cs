namespace RagStudio.Data.Migrator;

/// <summary>A run failed, and the databases could not be restored. Manual intervention is required.</summary>
public sealed class RollbackFailedException : MigrationException
{
    internal RollbackFailedException(string? backupPath, Exception runFailure, Exception restoreFailure)
        : base(
            MigrationPhase.RollBack,
            DataState.NeedsAttention,
            Describe(backupPath, runFailure, restoreFailure),
            restoreFailure
        ) => (BackupPath, RunFailure) = (backupPath, runFailure);

    /// <summary>The backup's folder; <see langword="null"/> if no database existed before the run.</summary>
    public string? BackupPath { get; }

    /// <summary>The original failure of the run.</summary>
    public Exception RunFailure { get; }

    private static string Describe(string? backupPath, Exception runFailure, Exception restoreFailure) =>
        $"The run failed ({runFailure.Message}) and the databases could not be restored ({restoreFailure.Message}). "
        + (
            backupPath is null
                ? "No database existed before: remove the new files, then try again."
                : $"The backup '{backupPath}' is complete: remove the cause, and the next start restores it before anything else."
        );
}
