namespace RagStudio.Data.Migrator;

/// <summary>A database has applied migrations that are newer than any of this program. Nothing was changed.</summary>
public sealed class DatabaseNewerException : MigrationException
{
    internal DatabaseNewerException(
        string database,
        IReadOnlyList<string> unknown,
        string? usableBackup,
        bool mayBeForeign
    )
        : base(
            MigrationPhase.Plan,
            DataState.Unchanged,
            Describe(database, unknown, usableBackup) + (mayBeForeign ? Tolerable : "")
        ) => (Database, UnknownVersions, UsableBackupId) = (database, unknown, usableBackup);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The applied migrations that this program does not have.</summary>
    public IReadOnlyList<string> UnknownVersions { get; }

    /// <summary>The newest backup that this program can open; <see langword="null"/> if there is none.</summary>
    public string? UsableBackupId { get; }

    private const string Tolerable =
        " If the application itself keeps such rows in EF's history, set UnknownMigrations to Tolerate.";

    private static string Describe(string database, IReadOnlyList<string> unknown, string? usableBackup) =>
        $"The database '{database}' was written by a newer program: this one does not know {VersionList.Format(unknown)}. "
        + "Nothing was changed. Install the newer program"
        + (
            usableBackup is null ? "." : $", or restore the backup '{usableBackup}', the newest that this one can open."
        );
}
