using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Tests;

/// <summary>
/// A database on the server of the run with both contexts migrated to the latest version, created by the first test that
/// needs it and copied for each.
/// </summary>
[SetUpFixture]
internal sealed class MigratedServer
{
    private static readonly Lazy<Task<TestDatabase>> Template = new(() => Task.Run(MigrateAsync));

    public static async Task<TestDatabase> CopyAsync()
    {
        // Skips the test where there is no server, instead of failing.
        _ = await ServersOfTheRun.SharedAsync();
        return await (await Template.Value).CopyAsync();
    }

    public static RagStudioDataOptions OptionsFor(TestDatabase database) =>
        new() { Provider = DataProvider.PostgreSql, ConnectionString = database.ConnectionString };

    [OneTimeTearDown]
    public Task End_the_servers() => ServersOfTheRun.EndAsync();

    private static async Task<TestDatabase> MigrateAsync()
    {
        RagStudioPostgreSql.Register();
        var server = await ServersOfTheRun.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await RagStudioMigrator.Create(OptionsFor(database)).MigrateAsync();
        return database;
    }
}
