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

    /// <summary>The backup's file or folder.</summary>
    public string BackupPath { get; }
}
