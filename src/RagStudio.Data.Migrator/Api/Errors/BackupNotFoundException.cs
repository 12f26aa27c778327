namespace RagStudio.Data.Migrator;

/// <summary>The requested backup does not exist. Nothing was changed.</summary>
public sealed class BackupNotFoundException : MigrationException
{
    internal BackupNotFoundException(string backupId, string folder)
        : base(
            MigrationPhase.Plan,
            DataState.Unchanged,
            $"There is no backup '{backupId}' in '{folder}'. Nothing was changed. List the backups and choose one."
        ) => BackupId = backupId;

    /// <summary>The requested name.</summary>
    public string BackupId { get; }
}
