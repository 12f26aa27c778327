using Npgsql;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Tests;

/// <summary>
/// A database on the server of the run, for a fixture. It is copied from one that has both contexts' latest version; a
/// copy for each test would take longer than the tests.
/// </summary>
internal sealed class ServerDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<TestDatabase>> Template = new(() => Task.Run(MigrateAsync));

    private readonly TestDatabase _database;

    private ServerDatabase(TestDatabase database) => _database = database;

    public RagStudioDataOptions Options => OptionsFor(_database);

    public TestDatabase Database => _database;

    /// <summary>A test is skipped where there is no PostgreSQL.</summary>
    public static async Task<ServerDatabase> CreateAsync()
    {
        _ = await ServersOfTheRun.SharedAsync();
        return new ServerDatabase(await (await Template.Value).CopyAsync());
    }

    /// <summary>Deletes all rows but those that the migrations insert.</summary>
    public Task EmptyAsync() =>
        _database.ExecuteAsync(
            """
            TRUNCATE app_meta.knowledge_bases, app_meta.documents, app_meta.document_chunks, app_meta.pipelines,
                app_meta.pipeline_runs, app_meta.tools, app_meta.schedules, app_meta.flows,
                events.events, events.aggregate_snapshots, events.event_checkpoints RESTART IDENTITY;
            DELETE FROM app_meta.settings WHERE created_at <> '2025-08-18T00:00:00Z';
            """
        );

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(RagStudioDatabase.AppMeta(Options).ConnectionString));
        return _database.DisposeAsync();
    }

    private static RagStudioDataOptions OptionsFor(TestDatabase database) =>
        new() { Provider = DataProvider.PostgreSql, ConnectionString = database.ConnectionString };

    private static async Task<TestDatabase> MigrateAsync()
    {
        RagStudioPostgreSql.Register();
        var server = await ServersOfTheRun.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await RagStudioMigrator.Create(OptionsFor(database)).MigrateAsync();
        return database;
    }
}
