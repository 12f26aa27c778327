namespace RagStudio.Data.Migrator;

/// <summary>
/// The backup to restore belongs to another database, or nothing proves that it belongs to this one. Nothing was
/// changed.
/// </summary>
public sealed class BackupOfOtherDatabaseException : MigrationException
{
    internal BackupOfOtherDatabaseException(string backupId, string database, IReadOnlyList<string> sources)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(backupId, database, sources)) =>
        (BackupId, Database, Sources) = (backupId, database, sources);

    /// <summary>The requested backup.</summary>
    public string BackupId { get; }

    /// <summary>The file that would have been replaced.</summary>
    public string Database { get; }

    /// <summary>The files that were backed up, as the backup names them; empty if it names none.</summary>
    public IReadOnlyList<string> Sources { get; }

    private static string Describe(string backupId, string database, IReadOnlyList<string> sources) =>
        (
            sources.Count > 0
                ? $"The backup '{backupId}' is of {string.Join(", ", sources.Select(source => $"'{source}'"))}, not of '{database}'."
                : $"The backup '{backupId}' does not name its file, and its history does not prove that it belongs to '{database}'."
        )
        + $" Nothing was changed. To replace '{database}' with it anyway, use --of-another-database or RestoreSetsOfOtherDatabases.";
}
