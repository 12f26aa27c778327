using System.Data.Common;

namespace RagStudio.Data.Migrator;

/// <summary>A backup could not be created, read or trusted. No database was changed.</summary>
public sealed class BackupFailedException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The backup's file or folder.</param>
    /// <param name="reason">The reason, as a clause.</param>
    /// <param name="cause">The underlying error.</param>
    public BackupFailedException(string path, string reason, Exception? cause = null)
        : base(
            MigrationPhase.BackUp,
            DataState.Unchanged,
            $"The backup '{path}' failed: {reason.TrimEnd('.')}. No database was changed. "
                + cause switch
                {
                    null => "Check the backup folder, or choose another backup.",
                    DbException => "The reason is in the database, not in the folder or its permissions.",
                    _ => "Check the folder, its permissions and its free space, then try again.",
                },
            cause
        ) => BackupPath = path;

    private BackupFailedException(string database, string message)
        : base(MigrationPhase.BackUp, DataState.Unchanged, message) => BackupPath = database;

    /// <summary>Creates the error of a database that cannot be backed up at all.</summary>
    /// <param name="database">Its display name.</param>
    /// <param name="reason">The reason, and what to do instead, as sentences.</param>
    internal static BackupFailedException CannotBackUp(string database, string reason) =>
        new(database, $"'{database}' cannot be backed up. {reason} Nothing was changed.");

    /// <summary>The backup's file or folder; the display name of a database that cannot be backed up at all.</summary>
    public string BackupPath { get; }
}
