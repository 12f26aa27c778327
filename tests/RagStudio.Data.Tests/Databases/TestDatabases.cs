using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>Both databases, real and with their full schema, for the duration of a test.</summary>
internal sealed class TestDatabases : IDisposable
{
    private readonly TemporaryFolder? _folder;

    private TestDatabases(RagStudioDataOptions options, TemporaryFolder? folder = null)
    {
        _folder = folder;
        Options = options;
        AppMetaDatabase = RagStudioDatabase.AppMeta(options);
        EventsDatabase = RagStudioDatabase.Events(options);
        var appMeta = OptionsFor<AppMetaContext>(AppMetaDatabase);
        AppMeta = new TestContextFactory<AppMetaContext>(() => new(appMeta));
        var events = OptionsFor<EventsContext>(EventsDatabase);
        Events = new TestContextFactory<EventsContext>(() => new(events));
    }

    public static TestDatabases InFiles(bool singleDatabase = false)
    {
        var folder = new TemporaryFolder();
        MigratedDatabases.CopyTo(folder.Path, singleDatabase);
        return new(new() { DataDirectory = folder.Path }, folder);
    }

    public static async Task<TestDatabases> OnServerAsync(ServerDatabase server)
    {
        await server.EmptyAsync();
        return new(server.Options);
    }

    public RagStudioDataOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RagStudioDatabase AppMetaDatabase { get; }

    public RagStudioDatabase EventsDatabase { get; }

    public IDbContextFactory<AppMetaContext> AppMeta { get; }

    public IDbContextFactory<EventsContext> Events { get; }

    /// <summary>Records what SQLite runs.</summary>
    public StatementRecorder Statements { get; } = new();

    public EventStore EventStore => new(Events, Time);

    public RagStudioTransactions Transactions => new(AppMeta, Events, Time);

    /// <summary>Creates another application's contexts on the same databases.</summary>
    public (IDbContextFactory<AppMetaContext> AppMeta, IDbContextFactory<EventsContext> Events) OpenAgain(
        params IInterceptor[] interceptors
    )
    {
        var appMeta = new DbContextOptionsBuilder<AppMetaContext>();
        RagStudioDatabase.AppMeta(Options).Configure(appMeta.AddInterceptors(interceptors));
        var events = new DbContextOptionsBuilder<EventsContext>();
        RagStudioDatabase.Events(Options).Configure(events.AddInterceptors(interceptors));
        return (
            new TestContextFactory<AppMetaContext>(() => new(appMeta.Options)),
            new TestContextFactory<EventsContext>(() => new(events.Options))
        );
    }

    /// <summary>Counts rows through a connection independent of the contexts.</summary>
    public long CountInAppMeta(string table) => Count(AppMetaDatabase, table);

    public long CountInEvents(string table) => Count(EventsDatabase, table);

    public void Dispose()
    {
        if (_folder is not null)
        {
            SqliteConnection.ClearAllPools();
            _folder.Dispose();
        }
    }

    private static long Count(RagStudioDatabase database, string table)
    {
        using var connection = Connect(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {(database.Schema is null ? "" : database.Schema + ".")}{table}";
        return (long)command.ExecuteScalar()!;
    }

    private static DbConnection Connect(RagStudioDatabase database) =>
        database.Schema is null
            ? new SqliteConnection(database.ConnectionString)
            : new NpgsqlConnection(database.ConnectionString);

    private DbContextOptions<TContext> OptionsFor<TContext>(RagStudioDatabase database)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        database.Configure(builder);
        return database.Schema is null ? builder.AddInterceptors(Statements).Options : builder.Options;
    }
}
