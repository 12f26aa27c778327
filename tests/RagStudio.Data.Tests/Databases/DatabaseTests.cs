namespace RagStudio.Data.Tests;

/// <summary>Gives every test databases with their full schema and no rows of others.</summary>
/// <param name="provider">Where they are stored.</param>
internal abstract class DatabaseTests(DataProvider provider = DataProvider.Sqlite)
{
    private ServerDatabase? _server;

    protected DataProvider Provider => provider;

    protected ServerDatabase Server => _server!;

    protected TestDatabases Data { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task CreateServerDatabase() =>
        _server = provider == DataProvider.PostgreSql ? await ServerDatabase.CreateAsync() : null;

    [OneTimeTearDown]
    public Task DropServerDatabase() => _server?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    [SetUp]
    public async Task CreateDatabases() =>
        Data = _server is null ? TestDatabases.InFiles() : await TestDatabases.OnServerAsync(_server);

    [TearDown]
    public void DeleteDatabases() => Data.Dispose();
}
