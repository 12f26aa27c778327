using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>A context's database: its file, its connection settings, and its history table.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class RagStudioDatabase
{
    private readonly SqliteConnectionInterceptor _interceptor;
    private readonly CommitSignal _commits = new();
    private readonly Lazy<string> _connectionString;

    private RagStudioDatabase(RagStudioDataOptions options, string name, string file, SqliteSynchronous synchronous)
    {
        Name = name;
        Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(options.DataDirectory, file));
        _connectionString = ConnectionStringFor(Path, options.Connections);
        _interceptor = new SqliteConnectionInterceptor(options.Connections, synchronous);
    }

    /// <c>app_meta</c> or <c>events</c>, also in single-database mode.
    public string Name { get; }

    /// <summary>The full path of the file, which both databases share in single-database mode.</summary>
    public string Path { get; }

    /// <summary>
    /// The connection string that opens the file for reading and writing, and creates it (but not its folder)
    /// if it is missing.
    /// </summary>
    public string ConnectionString => _connectionString.Value;

    /// <summary>The table in which EF Core records the context's applied migrations.</summary>
    public string HistoryTable { get; private init; } = HistoryRepository.DefaultTableName;

    /// <summary>The database of <see cref="AppMetaContext"/>.</summary>
    /// <param name="options">Valid options; later changes to them have no effect.</param>
    public static RagStudioDatabase AppMeta(RagStudioDataOptions options) =>
        new(options, "app_meta", DatabaseLayout.AppMetaFile, options.AppMetaSynchronous);

    /// <summary>The database of <see cref="EventsContext"/>, located by looking for its events in the files.</summary>
    /// <param name="options">
    /// Valid options; later changes to them have no effect. A locked file is waited for as long as their
    /// connections would wait.
    /// </param>
    /// <exception cref="DatabaseLayoutException">
    /// The events are not where <see cref="RagStudioDataOptions.SingleDatabase"/> says.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process holds a file.</exception>
    public static RagStudioDatabase Events(RagStudioDataOptions options) =>
        Events(options, DatabaseLayout.IsSingle(options, options.Connections.BusyTimeout));

    /// <summary>The database of <see cref="EventsContext"/> in a known layout.</summary>
    internal static RagStudioDatabase Events(RagStudioDataOptions options, bool isSingle) =>
        isSingle
            ? new(options, "events", DatabaseLayout.AppMetaFile, options.EventsSynchronous)
            {
                HistoryTable = DatabaseLayout.SingleHistoryTable,
            }
            : new(options, "events", DatabaseLayout.EventsFile, options.EventsSynchronous);

    /// <summary>
    /// Configures a context to use this database, its history table and its connection settings, and to guard
    /// EF's own ways to migrate it.
    /// </summary>
    /// <param name="builder">The options of the context that the database belongs to.</param>
    public void Configure(DbContextOptionsBuilder builder) =>
        builder
            .UseSqlite(ConnectionString, sqlite => sqlite.MigrationsHistoryTable(HistoryTable))
            .AddInterceptors(_interceptor, _commits)
            .UseGuardedMigrations(Name);

    /// <summary>
    /// Created on demand: the migrator opens the file by its path, so a start with nothing pending needs no
    /// connection string.
    /// </summary>
    private static Lazy<string> ConnectionStringFor(string path, SqliteConnectionSettings settings)
    {
        // The provider retries a busy statement for this long, whatever SQLite's own busy_timeout is; 0 means forever.
        var timeout = Math.Max(1, (int)Math.Ceiling(settings.BusyTimeout.TotalSeconds));
        var foreignKeys = settings.ForeignKeys;
        return new(() =>
            // The framework's class is precompiled; Microsoft.Data.Sqlite's own would be JIT-compiled at each start.
            new DbConnectionStringBuilder
            {
                ["Data Source"] = path,
                ["Foreign Keys"] = foreignKeys,
                ["Default Timeout"] = timeout,
            }.ConnectionString
        );
    }
}
