namespace RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

/// <summary>Drops what restores have left beside databases, before the databases and their roles go.</summary>
internal sealed class ReplacedDatabases(params TestDatabase[] databases) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases.Where(database => database.Server.IsRunning))
        {
            await DumpedShop.DropOthersAsync(database);
        }
    }
}
