namespace RagStudio.Data.Migrator;

/// <summary>
/// The names under which the migrator tells of itself, after OpenTelemetry's conventions for databases. Nothing is measured while nobody
/// listens, nor of a run that ends well before it asks for the lock, because nothing is to be done. Neither SQL nor rows nor connection strings
/// are told; a rehearsal is a part of the plan of its run.
/// </summary>
/// <remarks>
/// Activities: one per run (<c>migrate</c>, <c>rollback</c>, <c>restore</c>, <c>backup</c>, <c>recover</c>, <c>accept</c>); in it one per
/// phase, by the phase's name in lower case; one per migration (<c>apply shop</c>, <c>revert shop</c>) and one per check (<c>check shop</c>), each with the
/// database's name. The checks of a validation outside any run belong to the caller's activity. A failed one has the status Error and the tag <c>error.type</c>.
/// </remarks>
public static class MigratorDiagnostics
{
    /// <summary>The name of the activity source.</summary>
    public const string ActivitySourceName = "RagStudio.Data.Migrator";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "RagStudio.Data.Migrator";

    /// <summary>How long runs took, the waiting for the lock included; in seconds.</summary>
    public const string RunDuration = "migrator.run.duration";

    /// <summary>How long single migrations took; in seconds.</summary>
    public const string MigrationDuration = "migrator.migration.duration";

    /// <summary>How many migrations were committed, including those that were undone later; in migrations.</summary>
    public const string Migrations = "migrator.migrations";

    /// <summary>How long it took to make and check a backup set; in seconds.</summary>
    public const string BackupDuration = "migrator.backup.duration";

    /// <summary>How large backup sets are; in bytes.</summary>
    public const string BackupSize = "migrator.backup.size";

    /// <summary>How long the checks of a whole set took: a run makes them before and after; in seconds.</summary>
    public const string ValidationDuration = "migrator.validation.duration";

    /// <summary>How many rows were inspected by rules that look at each row; in rows.</summary>
    public const string ValidationRows = "migrator.validation.rows";

    /// <summary>How many errors the checks of a set found, old damage included; in errors.</summary>
    public const string ValidationErrors = "migrator.validation.errors";

    /// <summary>How long a run waited until it held all databases; in seconds.</summary>
    public const string LockWait = "migrator.lock.wait.duration";

    /// <summary>Tag: the kind of database, as its provider names it, such as <c>sqlite</c>.</summary>
    public const string SystemTag = "db.system.name";

    /// <summary>Tag: the database's name in the set; the names of all, joined by <c>+</c>, for what concerns all.</summary>
    public const string NamespaceTag = "db.namespace";

    /// <summary>Tag: what is done.</summary>
    public const string OperationTag = "db.operation.name";

    /// <summary>Tag: the full name of the type of the exception that ended it.</summary>
    public const string ErrorTypeTag = "error.type";

    /// <summary>Tag of activities: the id of the run, as in the log and in the history.</summary>
    public const string RunIdTag = "migrator.run.id";

    /// <summary>Tag of activities: the migration's id.</summary>
    public const string VersionTag = "migrator.migration.version";

    /// <summary>Tag: the kind of migration.</summary>
    public const string KindTag = "migrator.migration.kind";

    /// <summary>Tag of activities: the name of the check or rule, or of several that share one pass.</summary>
    public const string CheckTag = "migrator.check.name";
}
