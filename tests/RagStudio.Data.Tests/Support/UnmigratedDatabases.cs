using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>Both contexts on real files that do not exist yet, for the duration of a test.</summary>
internal sealed class UnmigratedDatabases : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public UnmigratedDatabases(bool singleDatabase = false)
    {
        Options = new RagStudioDataOptions { DataDirectory = _folder.Path, SingleDatabase = singleDatabase };
        AppMeta = RagStudioDatabase.AppMeta(Options);
        Events = RagStudioDatabase.Events(Options);
    }

    public RagStudioDataOptions Options { get; }

    public RagStudioDatabase AppMeta { get; }

    public RagStudioDatabase Events { get; }

    public AppMetaContext OpenAppMeta() => new(OptionsFor<AppMetaContext>(AppMeta));

    public EventsContext OpenEvents() => new(OptionsFor<EventsContext>(Events));

    public DbContext Open(Type contextType) => contextType == typeof(AppMetaContext) ? OpenAppMeta() : OpenEvents();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static DbContextOptions<TContext> OptionsFor<TContext>(RagStudioDatabase database)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        database.Configure(builder);
        return builder.Options;
    }
}
