namespace RagStudio.Data.Migrator.PostgreSql;

/// <summary>Options of a context that differ from EF's defaults, and how a run treats others on the server.</summary>
public sealed class PostgreSqlDatabaseOptions : MigrationContextOptions
{
    /// <summary>The schema of <see cref="MigrationContextOptions.MigrationsHistoryTable"/>. The migrator's own tables are placed in the same schema.</summary>
    /// <value>Default <see langword="null"/>: the first schema of the connection's <c>search_path</c>, as in EF.</value>
    public string? MigrationsHistorySchema { get; set; }

    /// <summary>
    /// The schema that must be the first of the connection's <c>search_path</c>, which is where EF creates tables that
    /// name no schema. A run refuses a connection with another one. Needed to migrate a further copy of the same tables
    /// in another schema of one database, such as that of another tenant: without it, a run that would create everything
    /// anew beside an existing copy is refused.
    /// </summary>
    /// <value>Default <see langword="null"/>: the schema that contains the context's history.</value>
    public string? Schema { get; set; }

    /// <summary>What others may do while a run migrates.</summary>
    /// <value>Default <see cref="LockPolicy.Online"/>.</value>
    public LockPolicy LockPolicy { get; set; }

    /// <summary>
    /// The longest time that a run waits for the lock of a table at once. Everybody else who wants the table waits behind
    /// it for as long. Afterwards the run holds nothing for a while, and tries again until
    /// <see cref="MigrationOptions.LockTimeout"/> is over.
    /// </summary>
    /// <value>Default 200 ms; at least 1 ms, at most 1 min.</value>
    public TimeSpan TableLockTimeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The longest time that a run waits for the answer to its COMMIT. Afterwards it ends that session, and another one
    /// finds out what became of it: for up to twice that time it waits for the server to come back, or for another one to
    /// take over.
    /// </summary>
    /// <value>Default 30 s; at least 1 s, at most 1 h.</value>
    public TimeSpan CommitTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The largest size in bytes of the tables from which one migration drops something that a run keeps: a copy of
    /// dropped tables, and of dropped columns with their keys, in the schema <c>__migrator_kept</c>. It is made in the
    /// run's transaction, and comes back when the migration is undone.
    /// </summary>
    /// <value>Default 1 GiB; at least 0.</value>
    public long KeepsakeLimit { get; set; } = 1L << 30;

    /// <summary>
    /// What a run does about tables and columns that it drops and cannot keep: larger than <see cref="KeepsakeLimit"/>,
    /// without a key, hidden by row security, or because the role may not create the schema.
    /// </summary>
    /// <value>Default <see cref="UnkeptLossPolicy.Refuse"/>.</value>
    public UnkeptLossPolicy UnkeptLoss { get; set; }

    /// <summary>
    /// Makes a backup of the database for <see cref="UnkeptLossPolicy.External"/>, and returns an id by which people find it,
    /// of 1 to 200 characters. Whatever it throws refuses the run. Nothing is locked meanwhile.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public Func<ExternalBackupRequest, CancellationToken, Task<string>>? ExternalBackup { get; set; }

    /// <summary>
    /// The folder of pg_dump and pg_restore, for backups and restores. Their major version must not be older than the
    /// server's.
    /// </summary>
    /// <value>
    /// Default <see langword="null"/>: the first folder with suitable ones of those in PATH, then the newest of
    /// <c>/usr/lib/postgresql/*/bin</c>.
    /// </value>
    public string? ToolsDirectory { get; set; }

    /// <summary>True to create the database if the server does not have it, as EF does.</summary>
    /// <value>Default <see langword="false"/>: a misspelled name is an error.</value>
    public bool CreateDatabase { get; set; }
}
