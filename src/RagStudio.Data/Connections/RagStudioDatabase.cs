using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>A context's database: where it is, its connection settings, and its history table.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class RagStudioDatabase
{
    private readonly Action<DbContextOptionsBuilder, RagStudioDatabase> _use;
    private readonly Lazy<string> _connectionString;
    private readonly CommitSignal _commits = new();

    /// <param name="name">The name in the migrator's set.</param>
    /// <param name="connectionString">Created on demand: a start with nothing pending may need none.</param>
    /// <param name="use">Makes a context use the database, apart from its migrations.</param>
    internal RagStudioDatabase(
        string name,
        Func<string> connectionString,
        Action<DbContextOptionsBuilder, RagStudioDatabase> use
    )
    {
        Name = name;
        _connectionString = new(connectionString);
        _use = use;
    }

    /// <c>app_meta</c> or <c>events</c>, also where both are in one database.
    public string Name { get; }

    /// <summary>
    /// The full path of SQLite's file, which both databases share in single-database mode; <see langword="null"/> on a
    /// server.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>
    /// The connection string. That of SQLite opens the file for reading and writing, and creates it (but not its folder)
    /// if it is missing; that of a server may contain a password.
    /// </summary>
    public string ConnectionString => _connectionString.Value;

    /// <summary>The table in which EF Core records the context's applied migrations.</summary>
    public string HistoryTable { get; internal init; } = HistoryRepository.DefaultTableName;

    /// <summary>The schema of the tables, including <see cref="HistoryTable"/>; <see langword="null"/> with SQLite.</summary>
    public string? Schema { get; internal init; }

    /// <summary>The database of <see cref="AppMetaContext"/>.</summary>
    /// <param name="options">Valid options; later changes to them have no effect.</param>
    /// <exception cref="InvalidOperationException">The package of the provider is missing.</exception>
    public static RagStudioDatabase AppMeta(RagStudioDataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return StorageProvider.For(options.Provider).AppMeta(options);
    }

    /// <summary>
    /// The database of <see cref="EventsContext"/>; with SQLite it is located by looking for its events in the files.
    /// </summary>
    /// <param name="options">
    /// Valid options; later changes to them have no effect. A locked file is waited for as long as their
    /// connections would wait.
    /// </param>
    /// <exception cref="DatabaseLayoutException">
    /// The events are not where <see cref="RagStudioDataOptions.SingleDatabase"/> says.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process holds a file.</exception>
    /// <exception cref="InvalidOperationException">The package of the provider is missing.</exception>
    public static RagStudioDatabase Events(RagStudioDataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Events(options, options.Connections.BusyTimeout);
    }

    /// <summary>The database of <see cref="EventsContext"/>; a locked file of SQLite is waited for.</summary>
    internal static RagStudioDatabase Events(RagStudioDataOptions options, TimeSpan wait) =>
        StorageProvider.For(options.Provider).Events(options, wait);

    /// <summary>
    /// Configures a context to use this database, its history table and its connection settings, and to guard
    /// EF's own ways to migrate it.
    /// </summary>
    /// <param name="builder">The options of the context that the database belongs to.</param>
    public void Configure(DbContextOptionsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _use(builder, this);
        builder.AddInterceptors(_commits).UseGuardedMigrations(Name);
    }
}
