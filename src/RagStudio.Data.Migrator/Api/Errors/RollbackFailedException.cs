namespace RagStudio.Data.Migrator;

/// <summary>A run failed, and its set of databases could not be put back. A person is needed.</summary>
public sealed class RollbackFailedException : MigrationException
{
    internal RollbackFailedException(string? backupPath, Exception runFailure, Exception restoreFailure)
        : base(
            MigrationPhase.RollBack,
            DataState.NeedsAttention,
            Describe(backupPath, runFailure, restoreFailure),
            restoreFailure
        ) => (BackupPath, RunFailure) = (backupPath, runFailure);

    /// <summary>The backup's folder; <see langword="null"/> where no database existed before the run.</summary>
    public string? BackupPath { get; }

    /// <summary>Why the run failed in the first place.</summary>
    public Exception RunFailure { get; }

    private static string Describe(string? backupPath, Exception runFailure, Exception restoreFailure) =>
        $"The run failed ({runFailure.Message}) and the databases could not be put back ({restoreFailure.Message}). "
        + (
            backupPath is null
                ? "No database existed before: remove the new files, then try again."
                : $"The backup '{backupPath}' is complete: remove the cause, and the next start restores it before anything else."
        );
}
