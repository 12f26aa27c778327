namespace RagStudio.Data.Tests;

/// <summary>Gives every test new copies of both databases.</summary>
internal abstract class DatabaseTests
{
    protected TestDatabases Data { get; private set; } = null!;

    [SetUp]
    public void CreateDatabases() => Data = new TestDatabases();

    [TearDown]
    public void DeleteDatabases() => Data.Dispose();
}
