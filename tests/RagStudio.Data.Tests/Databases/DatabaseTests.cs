namespace RagStudio.Data.Tests;

/// <summary>Gives every test new copies of both databases.</summary>
/// <param name="provider">Where they are stored.</param>
internal abstract class DatabaseTests(DataProvider provider = DataProvider.Sqlite)
{
    protected DataProvider Provider => provider;

    protected TestDatabases Data { get; private set; } = null!;

    [SetUp]
    public async Task CreateDatabases() => Data = await TestDatabases.CreateAsync(provider);

    // A test that was skipped has none.
    [TearDown]
    public Task DeleteDatabases() => Data?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}
