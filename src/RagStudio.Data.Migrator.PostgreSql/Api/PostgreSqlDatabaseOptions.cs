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

    /// <summary>True to create the database if the server does not have it, as EF does.</summary>
    /// <value>Default <see langword="false"/>: a misspelled name is an error.</value>
    public bool CreateDatabase { get; set; }
}
