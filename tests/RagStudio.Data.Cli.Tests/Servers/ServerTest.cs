using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Runs command lines on an application's contexts, with a database on a real server.</summary>
internal abstract class ServerTest : CliTest
{
    protected const string Shop = "ShopContext";
    protected const string Ledger = "LedgerContext";
    protected const string Notes = "NotesContext";

    protected TestDatabase Database { get; private set; } = null!;

    [SetUp]
    public async Task CreateDatabase() => Database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();

    [TearDown]
    public async Task DropDatabase()
    {
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }
    }

    /// <summary>Works on a context in the test's database.</summary>
    protected Task<CliResult> RunAppAsync(string context, params string[] args) =>
        RunOnAsync(Database.ConnectionString, [.. args, "--context", context]);

    protected async Task MigrateAppAsync(string context)
    {
        var result = await RunAppAsync(context, "migrate");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
    }

    protected Task<CliResult> RunOnAsync(string connectionString, params string[] args) =>
        RunAsync([.. args, "--assembly", SampleApplication.Server, "--connection", connectionString]);
}
