namespace RagStudio.Data;

/// <summary>What is set on every SQLite connection that the contexts open.</summary>
/// <remarks>
/// The journal mode is not among them: both databases are always in WAL mode, on which their backups rely.
/// Read once, when the contexts' options are built.
/// </remarks>
public sealed class SqliteConnectionSettings
{
    /// <summary>True if SQLite enforces foreign keys.</summary>
    /// <value>Default: <see langword="true"/>. Without it deletes leave orphans, which a validation reports.</value>
    public bool ForeignKeys { get; set; } = true;

    /// <summary>How long a statement waits for another connection's lock before it fails as busy.</summary>
    /// <remarks>
    /// The provider tries again until this time is over, so that a wait can take up to about twice as long, and at least
    /// a second.
    /// </remarks>
    /// <value>Default: 5 seconds; from 0 to 10 minutes.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The page cache of one connection, in megabytes (2^20 bytes).</summary>
    /// <value>Default: 64; from 1 to 4096.</value>
    public int CacheSizeMegabytes { get; set; } = 64;

    /// <summary>How much of the file is read through a memory map, in megabytes (2^20 bytes).</summary>
    /// <value>Default: 128; from 0 (none) to 65536.</value>
    public int MmapSizeMegabytes { get; set; } = 128;

    /// <summary>Where temporary tables and sorts are kept.</summary>
    /// <value>Default: <see cref="SqliteTempStore.Memory"/>.</value>
    public SqliteTempStore TempStore { get; set; } = SqliteTempStore.Memory;

    /// <summary>After how many pages in the write-ahead log a commit moves them into the database.</summary>
    /// <value>Default: 1000; from 1 to 1000000.</value>
    public int WalAutoCheckpointPages { get; set; } = 1000;

    /// <summary>To how many megabytes (2^20 bytes) the write-ahead log is cut back after a checkpoint.</summary>
    /// <value>Default: 64; from 0 (as small as possible) to 65536.</value>
    public int JournalSizeLimitMegabytes { get; set; } = 64;
}
