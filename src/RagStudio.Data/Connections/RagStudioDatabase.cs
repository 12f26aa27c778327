using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>The database of one context: its file, how it is opened, where its applied migrations are written down.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class RagStudioDatabase
{
    private readonly SqliteConnectionInterceptor _interceptor;
    private readonly Lazy<string> _connectionString;

    private RagStudioDatabase(RagStudioDataOptions options, string name, string file, SqliteSynchronous synchronous)
    {
        Name = name;
        Path = System.IO.Path.GetFullPath(System.IO.Path.Combine(options.DataDirectory, file));
        _connectionString = ConnectionStringFor(Path, options.Connections);
        _interceptor = new SqliteConnectionInterceptor(options.Connections, synchronous);
    }

    /// <summary><c>app_meta</c> or <c>events</c>, in single-database mode too.</summary>
    public string Name { get; }

    /// <summary>The full path of the file; both databases have the same one in single-database mode.</summary>
    public string Path { get; }

    /// <summary>Opens the file for reading and writing, and creates it (but not its folder) where it is missing.</summary>
    public string ConnectionString => _connectionString.Value;

    /// <summary>The table that EF Core lists the applied migrations of the context in.</summary>
    public string HistoryTable { get; private init; } = HistoryRepository.DefaultTableName;

    /// <summary>The database of <see cref="AppMetaContext"/>.</summary>
    /// <param name="options">Valid options; later changes to them have no effect.</param>
    public static RagStudioDatabase AppMeta(RagStudioDataOptions options) =>
        new(options, "app_meta", DatabaseLayout.AppMetaFile, options.AppMetaSynchronous);

    /// <summary>The database of <see cref="EventsContext"/>, where its events are: that is looked for in the files.</summary>
    /// <param name="options">Valid options; later changes to them have no effect. A lock is waited for as long as their connections wait.</param>
    /// <exception cref="DatabaseLayoutException">They are not where <see cref="RagStudioDataOptions.SingleDatabase"/> says.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a file.</exception>
    public static RagStudioDatabase Events(RagStudioDataOptions options) =>
        Events(options, DatabaseLayout.IsSingle(options, options.Connections.BusyTimeout));

    /// <summary>The same, of a layout that is known.</summary>
    internal static RagStudioDatabase Events(RagStudioDataOptions options, bool isSingle) =>
        isSingle
            ? new(options, "events", DatabaseLayout.AppMetaFile, options.EventsSynchronous)
            {
                HistoryTable = DatabaseLayout.SingleHistoryTable,
            }
            : new(options, "events", DatabaseLayout.EventsFile, options.EventsSynchronous);

    /// <summary>Makes a context use this database, its history table and the connection settings, and protects EF's own ways to migrate it.</summary>
    /// <param name="builder">The options of the context that the database belongs to.</param>
    public void Configure(DbContextOptionsBuilder builder) =>
        builder
            .UseSqlite(ConnectionString, sqlite => sqlite.MigrationsHistoryTable(HistoryTable))
            .AddInterceptors(_interceptor)
            .UseGuardedMigrations(Name);

    /// <summary>The migrator opens the file by its path: a start with nothing pending needs no connection string.</summary>
    private static Lazy<string> ConnectionStringFor(string path, SqliteConnectionSettings settings)
    {
        // The provider retries a busy statement for this long, whatever SQLite's own busy_timeout is; 0 is for ever.
        var timeout = Math.Max(1, (int)Math.Ceiling(settings.BusyTimeout.TotalSeconds));
        var foreignKeys = settings.ForeignKeys;
        return new(() =>
            // The framework's class has native code; Microsoft.Data.Sqlite's own would be compiled at each start.
            new DbConnectionStringBuilder
            {
                ["Data Source"] = path,
                ["Foreign Keys"] = foreignKeys,
                ["Default Timeout"] = timeout,
            }.ConnectionString
        );
    }
}
