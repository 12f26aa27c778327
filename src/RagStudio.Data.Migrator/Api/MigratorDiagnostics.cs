namespace RagStudio.Data.Migrator;

/// <summary>
/// The names of the migrator's activities, metrics and tags, which follow OpenTelemetry's conventions for
/// databases. Nothing is measured without a listener, or in a run that ends before it acquires the lock
/// because nothing is pending. Neither SQL nor rows nor connection strings are reported. A rehearsal is part
/// of the plan phase of its run.
/// </summary>
/// <remarks>
/// Activities: one per run (<c>migrate</c>, <c>rollback</c>, <c>restore</c>, <c>backup</c>, <c>recover</c>,
/// <c>accept</c>). Within it: one per phase, named by the phase in lower case; one per migration (<c>apply
/// shop</c>, <c>revert shop</c>) and one per check (<c>check shop</c>), each with the database's name. The
/// checks of a validation outside any run belong to the caller's activity. A failed activity has the status
/// Error and the tag <c>error.type</c>.
/// </remarks>
public static class MigratorDiagnostics
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "RagStudio.Data.Migrator";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RagStudio.Data.Migrator";

    /// <summary>The duration of runs, including the wait for the lock; in seconds.</summary>
    public const string RunDuration = "migrator.run.duration";

    /// <summary>The duration of single migrations; in seconds.</summary>
    public const string MigrationDuration = "migrator.migration.duration";

    /// <summary>The number of migrations committed, including those undone later.</summary>
    public const string Migrations = "migrator.migrations";

    /// <summary>The duration of creating and checking a backup set; in seconds.</summary>
    public const string BackupDuration = "migrator.backup.duration";

    /// <summary>The size of backup sets; in bytes.</summary>
    public const string BackupSize = "migrator.backup.size";

    /// <summary>
    /// The number of tables, or groups of columns of a table, that migrations dropped, that came back and that were removed
    /// under the retention limits; by <see cref="FateTag"/>.
    /// </summary>
    public const string DroppedData = "migrator.dropped_data";

    /// <summary>The size of what of them is kept or was removed; in bytes, by <see cref="FateTag"/>.</summary>
    public const string DroppedDataSize = "migrator.dropped_data.size";

    /// <summary>The duration of the checks of a whole set, which a run makes before and after; in seconds.</summary>
    public const string ValidationDuration = "migrator.validation.duration";

    /// <summary>The number of rows inspected by rules that look at each row.</summary>
    public const string ValidationRows = "migrator.validation.rows";

    /// <summary>The number of errors that the checks of a set found, including old damage.</summary>
    public const string ValidationErrors = "migrator.validation.errors";

    /// <summary>The time that a run waited until it held the locks of all databases; in seconds.</summary>
    public const string LockWait = "migrator.lock.wait.duration";

    /// <summary>Tag: the kind of database, as its provider names it, such as <c>sqlite</c>.</summary>
    public const string SystemTag = "db.system.name";

    /// <summary>
    /// Tag: the database's name in the set; the names of all, joined by <c>+</c>, for events that concern all of them.
    /// </summary>
    public const string NamespaceTag = "db.namespace";

    /// <summary>Tag: the operation.</summary>
    public const string OperationTag = "db.operation.name";

    /// <summary>Tag: the full type name of the exception.</summary>
    public const string ErrorTypeTag = "error.type";

    /// <summary>
    /// Tag: what has become of dropped data. A name of <see cref="DroppedDataFate"/>, or <c>Removed</c> for what was kept and
    /// is not any more.
    /// </summary>
    public const string FateTag = "migrator.dropped_data.fate";

    /// <summary>Tag of activities: the id of the run, as in the log and in the history.</summary>
    public const string RunIdTag = "migrator.run.id";

    /// <summary>Tag of activities: the migration's id.</summary>
    public const string VersionTag = "migrator.migration.version";

    /// <summary>Tag: the kind of migration.</summary>
    public const string KindTag = "migrator.migration.kind";

    /// <summary>Tag of activities: the name of the check or rule, or of several that share one pass.</summary>
    public const string CheckTag = "migrator.check.name";
}
