namespace RagStudio.Data.Migrator;

/// <summary>How the migrator works. Validated when the host starts; changes after that have no effect.</summary>
public sealed class MigrationOptions
{
    /// <summary>Whether the host does what <see cref="StartupPolicy"/> says before its other services start.</summary>
    /// <value>
    /// Default <see langword="true"/>. <see langword="false"/> is <see cref="StartupPolicy.Skip"/>, whatever <see cref="StartupPolicy"/> says. Has an
    /// effect only after <c>MigrateOnStartup()</c>.
    /// </value>
    public bool AutoMigrateOnStartup { get; set; } = true;

    /// <summary>What the start of the host does about migrations.</summary>
    /// <value>
    /// Default <see cref="StartupPolicy.Migrate"/>. Has an effect only after <c>MigrateOnStartup()</c> and with <see cref="AutoMigrateOnStartup"/>.
    /// </value>
    public StartupPolicy StartupPolicy { get; set; } = StartupPolicy.Migrate;

    /// <summary>Whether the whole set is backed up before its first change.</summary>
    /// <value>
    /// Default <see langword="true"/>. Without a backup nothing can be restored: a failure then leaves the migrations
    /// that had been applied before it.
    /// </value>
    public bool BackupBeforeMigration { get; set; } = true;

    /// <summary>Whether the databases are checked after the last migration and before the run counts as done.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ValidateAfterMigration { get; set; } = true;

    /// <summary>Whether the whole set is restored from its backup when anything fails.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RollbackOnFailure { get; set; } = true;

    /// <summary>How many databases of the set may be migrated side by side.</summary>
    /// <value>1 to 16; default 1. Migrations within one database always run in their order.</value>
    public int MaxConcurrentMigrations { get; set; } = 1;

    /// <summary>The longest that one migration may take.</summary>
    /// <value>1 millisecond to 1 day; default 300 seconds.</value>
    public TimeSpan MigrationTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The longest that making and checking a backup set may take.</summary>
    /// <value>1 second to 7 days; default 1 hour.</value>
    public TimeSpan BackupTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest that the checks after the last migration may take.</summary>
    /// <value>1 second to 7 days; default 1 hour.</value>
    public TimeSpan ValidationTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a backup may be restored of a database whose structure was damaged when the backup was made. One that was altered since is never
    /// restored.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool RestoreDamaged { get; set; }

    /// <summary>How much of the structure a validation checks.</summary>
    /// <value>Default <see cref="CheckDepth.BySize"/>.</value>
    public CheckDepth CheckDepth { get; set; } = CheckDepth.BySize;

    /// <summary>Up to how many bytes of a database <see cref="CheckDepth.BySize"/> checks everything.</summary>
    /// <value>0 or more; default 2 GiB.</value>
    public long FullCheckUpTo { get; set; } = 2L << 30;

    /// <summary>
    /// Whether migrations may destroy what is there: tables, columns or rows that they neither announce by
    /// <see cref="RemovesRowsAttribute"/> nor state the reason for by <see cref="DestructiveMigrationAttribute"/>.
    /// </summary>
    /// <value>Default <see langword="false"/>: such a plan is refused, and a run that lost rows fails.</value>
    public bool AllowDestructive { get; set; }

    /// <summary>
    /// The migrations that may destroy what is there, each with the reason, for whoever runs migrations that somebody else has written. The key is
    /// a migration, by its id, its time stamp or its name, and allows what the plan names for it, and nothing else; or a migration and a table, as
    /// in <c>20260112074432_Tidy/orders</c>, and allows whatever that migration takes of that table. The reasons are kept in the history.
    /// </summary>
    /// <value>
    /// Default: none. A run that is asked for a migration that the program does not have is refused, once something is pending. All that is not allowed is
    /// checked as ever.
    /// </value>
    public IDictionary<string, string> DestructiveConsents { get; private set; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether migrations are only rehearsed: run on copies of the databases by the same code and with all checks, beside whoever uses
    /// them, without leaving a trace.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool DryRun { get; set; }

    /// <summary>When migrations are rehearsed before they are run. Takes the time and the space of a second run.</summary>
    /// <value>Default <see cref="RehearsalPolicy.WhenDestructive"/>. Where the rehearsal fails, the databases were never touched.</value>
    public RehearsalPolicy RehearseBeforeMigrate { get; set; } = RehearsalPolicy.WhenDestructive;

    /// <summary>The longest to wait for other processes to let go of the databases.</summary>
    /// <value>0 to 1 day; default 30 seconds.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a pending migration that is older than an applied one may run.</summary>
    /// <value>Default <see langword="false"/>: such a plan is refused and the migrations are named.</value>
    public bool AllowOutOfOrder { get; set; }

    /// <summary>What to do about applied ids that this program does not have and that are older than its newest.</summary>
    /// <value>Default <see cref="UnknownMigrationPolicy.Warn"/>. Newer ones are always refused.</value>
    public UnknownMigrationPolicy UnknownMigrations { get; set; } = UnknownMigrationPolicy.Warn;

    /// <summary>The folder that holds the backup sets.</summary>
    /// <value>Default <see langword="null"/>: a folder <c>backups</c> beside the first database of the set.</value>
    public string? BackupDirectory { get; set; }

    /// <summary>
    /// How many backup sets of these databases are kept; the oldest go first. Sets that somebody asked for are counted by themselves, and so are those of
    /// each other choice of the databases. Sets of databases that this program does not have are never removed.
    /// </summary>
    /// <value>1 to 1000; default 10. The newest good set of each kind is kept whatever the limits say, and so are one that an interrupted run needs and the
    /// first one of several attempts at the same migrations.</value>
    public int BackupsToKeep { get; set; } = 10;

    /// <summary>
    /// Whether a restore may replace the databases by copies of other files, or by copies of which it cannot be told what they are of. The rows of these
    /// databases are then those of the others.
    /// </summary>
    /// <value>Default <see langword="false"/>: such a set is refused, and the file that it is of is named. With it, they are listed too.</value>
    public bool RestoreSetsOfOtherDatabases { get; set; }

    /// <summary>How old a backup set may become.</summary>
    /// <value>1 minute to 10 years; default <see langword="null"/>: any age.</value>
    public TimeSpan? BackupMaxAge { get; set; }

    /// <summary>How many bytes all backup sets of these databases together may take.</summary>
    /// <value>1 or more; default <see langword="null"/>: any number.</value>
    public long? BackupMaxBytes { get; set; }

    internal StartupPolicy EffectiveStartupPolicy => AutoMigrateOnStartup ? StartupPolicy : StartupPolicy.Skip;

    /// <summary>How much of a storage's structure is checked where so much is wanted.</summary>
    internal CheckDepth DepthFor(long bytes, CheckDepth wanted) =>
        wanted != CheckDepth.BySize ? wanted
        : bytes <= FullCheckUpTo ? CheckDepth.Full
        : CheckDepth.Quick;

    /// <summary>The same options, which nobody else can change.</summary>
    internal MigrationOptions Copy()
    {
        var copy = (MigrationOptions)MemberwiseClone();
        copy.DestructiveConsents = new Dictionary<string, string>(
            DestructiveConsents,
            StringComparer.OrdinalIgnoreCase
        );
        return copy;
    }

    /// <summary>The same for a run on copies: nothing is to be put back there.</summary>
    internal MigrationOptions ForRehearsal()
    {
        var copy = Copy();
        (copy.BackupBeforeMigration, copy.DryRun) = (false, false);
        copy.RehearseBeforeMigrate = RehearsalPolicy.Never;
        // Not the folder where the backups of the databases themselves are, of which a rehearsal must remove none.
        copy.BackupDirectory = null;
        return copy;
    }
}
