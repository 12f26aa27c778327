using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>Both databases as real files with their full schema, for the duration of a test.</summary>
internal sealed class TestDatabases : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestDatabases(bool singleDatabase = false)
    {
        MigratedDatabases.CopyTo(_folder.Path, singleDatabase);
        var options = new RagStudioDataOptions { DataDirectory = _folder.Path };
        AppMetaDatabase = RagStudioDatabase.AppMeta(options);
        EventsDatabase = RagStudioDatabase.Events(options);
        var appMeta = OptionsFor<AppMetaContext>(AppMetaDatabase);
        AppMeta = new TestContextFactory<AppMetaContext>(() => new(appMeta));
        var events = OptionsFor<EventsContext>(EventsDatabase);
        Events = new TestContextFactory<EventsContext>(() => new(events));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RagStudioDatabase AppMetaDatabase { get; }

    public RagStudioDatabase EventsDatabase { get; }

    public IDbContextFactory<AppMetaContext> AppMeta { get; }

    public IDbContextFactory<EventsContext> Events { get; }

    public StatementRecorder Statements { get; } = new();

    public EventStore EventStore => new(Events, Time);

    public RagStudioTransactions Transactions => new(AppMeta, Events, Time);

    /// <summary>Creates another application's contexts on the same files.</summary>
    public (IDbContextFactory<AppMetaContext> AppMeta, IDbContextFactory<EventsContext> Events) OpenAgain(
        params IInterceptor[] interceptors
    )
    {
        var options = new RagStudioDataOptions { DataDirectory = _folder.Path };
        var appMeta = new DbContextOptionsBuilder<AppMetaContext>().AddInterceptors(interceptors);
        RagStudioDatabase.AppMeta(options).Configure(appMeta);
        var events = new DbContextOptionsBuilder<EventsContext>().AddInterceptors(interceptors);
        RagStudioDatabase.Events(options).Configure(events);
        return (
            new TestContextFactory<AppMetaContext>(() => new((DbContextOptions<AppMetaContext>)appMeta.Options)),
            new TestContextFactory<EventsContext>(() => new((DbContextOptions<EventsContext>)events.Options))
        );
    }

    /// <summary>Counts rows through a connection independent of the contexts.</summary>
    public long CountInAppMeta(string table) => Count(AppMetaDatabase, table);

    public long CountInEvents(string table) => Count(EventsDatabase, table);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static long Count(RagStudioDatabase database, string table)
    {
        using var connection = new SqliteConnection(database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private DbContextOptions<TContext> OptionsFor<TContext>(RagStudioDatabase database)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        database.Configure(builder);
        return builder.AddInterceptors(Statements).Options;
    }
}
