namespace RagStudio.Data.Migrator;

/// <summary>The options of the migrator. Validated when the host starts; later changes have no effect.</summary>
public sealed class MigrationOptions
{
    /// <summary>True to apply <see cref="StartupPolicy"/> before the host starts its other services.</summary>
    /// <value>
    /// Default <see langword="true"/>. <see langword="false"/> means <see cref="StartupPolicy.Skip"/>, whatever
    /// <see cref="StartupPolicy"/> says. Effective only after <c>MigrateOnStartup()</c>.
    /// </value>
    public bool AutoMigrateOnStartup { get; set; } = true;

    /// <summary>The action that the host takes on migrations when it starts.</summary>
    /// <value>
    /// Default <see cref="StartupPolicy.Migrate"/>. Effective only after <c>MigrateOnStartup()</c> and with
    /// <see cref="AutoMigrateOnStartup"/>.
    /// </value>
    public StartupPolicy StartupPolicy { get; set; } = StartupPolicy.Migrate;

    /// <summary>
    /// True to adopt a database without any history before it is migrated, if its schema is that of one version
    /// (<see cref="IMigrationManager.AdoptAsync"/>). Otherwise the start fails as it does without this option.
    /// </summary>
    /// <value>
    /// Default <see langword="false"/>. Effective with <see cref="StartupPolicy.Migrate"/> after <c>MigrateOnStartup()</c>, and
    /// for EF's <c>Migrate</c> of contexts with <c>UseGuardedMigrations</c>.
    /// </value>
    public bool AdoptOnStartup { get; set; }

    /// <summary>True to back up the whole set before its first change.</summary>
    /// <value>
    /// Default <see langword="true"/>. Without a backup nothing can be restored: after a failure, the migrations
    /// applied before it stay applied.
    /// </value>
    public bool BackupBeforeMigration { get; set; } = true;

    /// <summary>True to validate the databases after the last migration, before the run counts as completed.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ValidateAfterMigration { get; set; } = true;

    /// <summary>True to restore the whole set from its backup when anything fails.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RollbackOnFailure { get; set; } = true;

    /// <summary>The number of databases that may be migrated in parallel.</summary>
    /// <value>1 to 16; default 1. The migrations of one database always run in order.</value>
    public int MaxConcurrentMigrations { get; set; } = 1;

    /// <summary>The time limit of one migration.</summary>
    /// <value>1 millisecond to 1 day; default 300 seconds.</value>
    public TimeSpan MigrationTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The time limit for creating and checking a backup set.</summary>
    /// <value>1 second to 7 days; default 1 hour.</value>
    public TimeSpan BackupTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The time limit for the checks after the last migration.</summary>
    /// <value>1 second to 7 days; default 1 hour.</value>
    public TimeSpan ValidationTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// True to allow restoring a backup of a database that was already damaged when the backup was made. A backup that
    /// was altered since is never restored.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool RestoreDamaged { get; set; }

    /// <summary>The depth of the structural check in a validation.</summary>
    /// <value>Default <see cref="CheckDepth.BySize"/>.</value>
    public CheckDepth CheckDepth { get; set; } = CheckDepth.BySize;

    /// <summary>
    /// The largest total size of the databases, in bytes, of which a run checks everything. In larger ones it checks the
    /// tables that it has touched, completely, with every reference and rule that concerns them. Damage in other tables
    /// is then found by a validation, not by the run.
    /// </summary>
    /// <value>
    /// 0 or more; default 16 MiB. With <see cref="long.MaxValue"/>, as with <see cref="CheckDepth.Full"/>, each run
    /// checks everything, which takes about 10 s for each gigabyte. It always does so on PostgreSQL, without backups, and
    /// if SQLite does not tell what was touched, as after <c>VACUUM</c>.
    /// </value>
    public long CheckEverythingUpTo { get; set; } = 16L << 20;

    /// <summary>The largest database, in bytes, that <see cref="CheckDepth.BySize"/> checks in full.</summary>
    /// <value>0 or more; default 2 GiB.</value>
    public long FullCheckUpTo { get; set; } = 2L << 30;

    /// <summary>
    /// True to allow migrations to destroy existing tables, columns or rows without declaring it with
    /// <see cref="RemovesRowsAttribute"/> or <see cref="DestructiveMigrationAttribute"/>.
    /// </summary>
    /// <value>Default <see langword="false"/>: such a plan is refused, and a run that lost rows fails.</value>
    public bool AllowDestructive { get; set; }

    /// <summary>
    /// The migrations that may destroy existing data, each with the reason: consent by those who run migrations that
    /// others wrote. The key is a migration, by its id, timestamp or name, and allows only what the plan
    /// reports for it; or a migration and a table, as in <c>20260112074432_Tidy/orders</c>, and allows that migration
    /// to remove anything from that table. The history keeps the reasons.
    /// </summary>
    /// <value>
    /// Default: none. If anything is pending, a key that matches no migration of the program refuses the run.
    /// Everything that is not allowed is checked as usual.
    /// </value>
    public IDictionary<string, string> DestructiveConsents { get; private set; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True to only rehearse migrations: they run on copies of the databases, by the same code and with all checks,
    /// while other programs may use the databases. The copies are deleted afterwards.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool DryRun { get; set; }

    /// <summary>
    /// The runs that are preceded by a rehearsal, which takes the time and the space of a second run.
    /// </summary>
    /// <value>
    /// Default <see cref="RehearsalPolicy.WhenDestructive"/>. If the rehearsal fails, the databases are not touched.
    /// </value>
    public RehearsalPolicy RehearseBeforeMigrate { get; set; } = RehearsalPolicy.WhenDestructive;

    /// <summary>
    /// The number of rows of each table that a rehearsal copies from a server, half of them from each end of the primary
    /// key, in addition to those to which they refer. A database in a file is always copied completely.
    /// </summary>
    /// <value>0 for all rows, or more; default 5000.</value>
    public int RehearsalRows { get; set; } = 5000;

    /// <summary>
    /// Databases on servers that are migrated <b>for real, and stay migrated</b>, before those of the set: by the name of
    /// a database in the set, the connection string of one that was made from a dump of it, in the form of its provider.
    /// It takes the place of the copy in every run and in a <see cref="DryRun"/>, whatever
    /// <see cref="RehearseBeforeMigrate"/> says.
    /// </summary>
    /// <value>
    /// Default: none. A run is refused if such a database is the one of the set, or is at another version.
    /// </value>
    public IDictionary<string, string> RehearseByMigrating { get; private set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The largest table, in bytes, that a statement may rewrite or scan while others cannot write, or neither read nor
    /// write it. A plan beyond it is refused, and so is one whose locks cannot be determined. Only providers for servers
    /// determine locks; a database in a file is not affected.
    /// </summary>
    /// <value>0 or more; default <see langword="null"/>: the plan tells of such statements, and nothing is refused.</value>
    public long? RefuseAboveBlockedBytes { get; set; }

    /// <summary>
    /// True to execute, after the commit, statements of migrations that no transaction can contain and nobody can repeat,
    /// such as CREATE DATABASE. <b>A kill in such a statement needs a person</b>: it is not known then what the statement
    /// has done, and every run is refused until <see cref="StatementOutcomes"/> tells. Only providers for servers know
    /// such statements.
    /// </summary>
    /// <value>Default <see langword="false"/>: such a plan is refused, and nothing is changed.</value>
    public bool AllowUnrepeatableStatements { get; set; }

    /// <summary>
    /// What became of statements that nobody can repeat and that a killed or failed run has started. The key is the id
    /// that the refusal names. An id names one start of one statement, so entries may remain; those that name nothing are
    /// ignored.
    /// </summary>
    /// <value>Default: none.</value>
    public IDictionary<string, StatementOutcome> StatementOutcomes { get; private set; } =
        new Dictionary<string, StatementOutcome>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The longest time to wait for other processes to release the databases.</summary>
    /// <value>0 to 1 day; default 30 seconds.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True to allow a pending migration that is older than an applied one.</summary>
    /// <value>Default <see langword="false"/>: such a plan is refused, and the error names the migrations.</value>
    public bool AllowOutOfOrder { get; set; }

    /// <summary>
    /// The action on applied migrations that this program does not have and that are older than its newest.
    /// </summary>
    /// <value>Default <see cref="UnknownMigrationPolicy.Warn"/>. Newer ones are always refused.</value>
    public UnknownMigrationPolicy UnknownMigrations { get; set; } = UnknownMigrationPolicy.Warn;

    /// <summary>The folder that holds the backup sets.</summary>
    /// <value>Default <see langword="null"/>: a folder <c>backups</c> beside the first database of the set.</value>
    public string? BackupDirectory { get; set; }

    /// <summary>
    /// The number of backup sets of these databases to keep; the oldest are removed first. Manual backups are counted
    /// separately, and so are the sets of each other combination of databases. Sets of databases that this program does
    /// not have are never removed.
    /// </summary>
    /// <value>
    /// 1 to 1000; default 10. Regardless of the limits, the newest good set of each kind is kept, as are a set that an
    /// interrupted run needs and the first set of several attempts at the same migrations.
    /// </value>
    public int BackupsToKeep { get; set; } = 10;

    /// <summary>
    /// True to allow a restore from copies of other databases, or from copies whose origin cannot be proved. The
    /// databases then hold the rows of those others.
    /// </summary>
    /// <value>
    /// Default <see langword="false"/>: such a set is refused, and the error names its file. If true, such sets are
    /// listed too.
    /// </value>
    public bool RestoreSetsOfOtherDatabases { get; set; }

    /// <summary>The maximum age of a backup set.</summary>
    /// <value>1 minute to 10 years; default <see langword="null"/>: any age.</value>
    public TimeSpan? BackupMaxAge { get; set; }

    /// <summary>The maximum total size, in bytes, of all backup sets of these databases.</summary>
    /// <value>1 or more; default <see langword="null"/>: any number.</value>
    public long? BackupMaxBytes { get; set; }

    /// <summary>
    /// The number of newest backup sets whose copies stay as they are. The copies of older sets are compressed when old sets
    /// are removed, which takes some ten seconds for each gigabyte; a restore brings a copy back first, for which it needs
    /// the space. Clones are never compressed, nor are sets that an interrupted run needs.
    /// </summary>
    /// <value>1 to 1000; default <see langword="null"/>: nothing is compressed.</value>
    public int? CompressBackupsBeyond { get; set; }

    internal StartupPolicy EffectiveStartupPolicy => AutoMigrateOnStartup ? StartupPolicy : StartupPolicy.Skip;

    /// <summary>Resolves <see cref="CheckDepth.BySize"/> for a storage of a given size.</summary>
    internal CheckDepth DepthFor(long bytes, CheckDepth wanted) =>
        wanted != CheckDepth.BySize ? wanted
        : bytes <= FullCheckUpTo ? CheckDepth.Full
        : CheckDepth.Quick;

    /// <summary>True for a run on copies.</summary>
    internal bool IsRehearsal { get; private set; }

    /// <summary>Copies the options, so later changes have no effect.</summary>
    internal MigrationOptions Copy()
    {
        var copy = (MigrationOptions)MemberwiseClone();
        copy.DestructiveConsents = new Dictionary<string, string>(
            DestructiveConsents,
            StringComparer.OrdinalIgnoreCase
        );
        copy.StatementOutcomes = new Dictionary<string, StatementOutcome>(
            StatementOutcomes,
            StringComparer.OrdinalIgnoreCase
        );
        copy.RehearseByMigrating = new Dictionary<string, string>(RehearseByMigrating, StringComparer.Ordinal);
        return copy;
    }

    /// <summary>Copies the options for a run that is always protected by everything there is.</summary>
    internal MigrationOptions Protected()
    {
        var copy = Copy();
        copy.BackupBeforeMigration = copy.RollbackOnFailure = copy.ValidateAfterMigration = true;
        copy.DryRun = false;
        return copy;
    }

    /// <summary>Copies the options for a run on copies, which needs no backup.</summary>
    internal MigrationOptions ForRehearsal()
    {
        var copy = Copy();
        copy.IsRehearsal = true;
        (copy.BackupBeforeMigration, copy.DryRun) = (false, false);
        copy.RehearseBeforeMigrate = RehearsalPolicy.Never;
        copy.RehearseByMigrating.Clear();
        // Nobody else is blocked.
        copy.RefuseAboveBlockedBytes = null;
        // Not the folder of the databases' own backups, none of which a rehearsal may remove.
        copy.BackupDirectory = null;
        return copy;
    }
}
