namespace RagStudio.Data;

/// <summary>The settings of every SQLite connection that the contexts open.</summary>
/// <remarks>
/// They do not include the journal mode: both databases are always in WAL mode, which their backups rely on.
/// Read once, when the contexts' options are built.
/// </remarks>
public sealed class SqliteConnectionSettings
{
    /// <summary>True if SQLite enforces foreign keys.</summary>
    /// <value>Default: <see langword="true"/>. Without it, deletes leave orphans, which a validation reports.</value>
    public bool ForeignKeys { get; set; } = true;

    /// <summary>How long a statement waits for another connection's lock before it fails as busy.</summary>
    /// <remarks>
    /// The provider retries until this time has passed, so a wait can take up to about twice as long, and at
    /// least a second.
    /// </remarks>
    /// <value>Default: 5 seconds; from 0 to 10 minutes.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The size of a connection's page cache, in megabytes (2^20 bytes).</summary>
    /// <value>Default: 64; from 1 to 4096.</value>
    public int CacheSizeMegabytes { get; set; } = 64;

    /// <summary>The maximum size of the file's memory map, in megabytes (2^20 bytes).</summary>
    /// <value>Default: 128; from 0 (none) to 65536.</value>
    public int MmapSizeMegabytes { get; set; } = 128;

    /// <summary>The storage of temporary tables and sorts.</summary>
    /// <value>Default: <see cref="SqliteTempStore.Memory"/>.</value>
    public SqliteTempStore TempStore { get; set; } = SqliteTempStore.Memory;

    /// <summary>The number of pages in the write-ahead log after which a commit moves them into the database.</summary>
    /// <value>Default: 1000; from 1 to 1000000.</value>
    public int WalAutoCheckpointPages { get; set; } = 1000;

    /// <summary>
    /// The size to which the write-ahead log is truncated after a checkpoint, in megabytes (2^20 bytes).
    /// </summary>
    /// <value>Default: 64; from 0 (as small as possible) to 65536.</value>
    public int JournalSizeLimitMegabytes { get; set; } = 64;
}
