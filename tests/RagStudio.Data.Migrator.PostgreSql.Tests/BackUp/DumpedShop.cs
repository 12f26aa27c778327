using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

/// <summary>A shop whose role may create databases, with a folder for backups.</summary>
internal sealed class DumpedShop : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DumpedShop(ShopDatabase shop) => Shop = shop;

    public ShopDatabase Shop { get; }

    public TestDatabase Database => Shop.Database;

    public string Folder => _folder.Path;

    public static async Task<DumpedShop> CreateAsync(PostgresServer? server = null)
    {
        var shop = await ShopDatabase.CreateAsync(server);
        await shop.Manager<FirstShop>().MigrateAsync();
        var dumped = new DumpedShop(shop);
        await dumped.AsSuperuserAsync($"ALTER ROLE {shop.Database.Owner.Name} CREATEDB");
        return dumped;
    }

    public IMigrationManager Manager(
        string? connectionString = null,
        Action<PostgreSqlDatabaseOptions>? database = null,
        Action<MigrationOptions>? options = null
    ) =>
        Shop.Manager<FirstShop>(
            connectionString,
            given =>
            {
                given.BackupDirectory = Folder;
                options?.Invoke(given);
            },
            database
        );

    public Task AsSuperuserAsync(string sql) => Sql.ExecuteAsync(Database.Server.ConnectionString, sql);

    /// <summary>The databases of the server that a run has made of this one.</summary>
    public Task<string[]> OthersAsync() => OthersAsync(Database);

    public static Task<string[]> OthersAsync(TestDatabase database) =>
        Sql.ScalarAsync<string[]>(
            database.Server.ConnectionString,
            $"""
            SELECT COALESCE(array_agg(datname::text ORDER BY 1), ARRAY[]::text[]) FROM pg_database
            WHERE starts_with(datname, '{database.Name}__') OR shobj_description(oid, 'pg_database') LIKE '%over {database.Name}'
            """
        );

    /// <summary>The connection string of a database that was replaced.</summary>
    public string Replaced(string name) =>
        new NpgsqlConnectionStringBuilder(Database.SuperuserConnectionString) { Database = name }.ConnectionString;

    /// <summary>Also a scratch database whose killed owner the server had not noticed when the next start looked.</summary>
    public static async Task DropOthersAsync(TestDatabase database)
    {
        var scratch = await Sql.ScalarAsync<string[]>(
            database.Server.ConnectionString,
            $"""
            SELECT COALESCE(array_agg(datname::text), ARRAY[]::text[]) FROM pg_database
            WHERE datdba = '{database.Owner.Name}'::regrole AND starts_with(datname, '__migrator_scratch_')
            """
        );
        foreach (var other in scratch.Union(await OthersAsync(database)))
        {
            await Sql.ExecuteAsync(
                database.Server.ConnectionString,
                $"DROP DATABASE IF EXISTS \"{other}\" WITH (FORCE)"
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        if (Database.Server.IsRunning)
        {
            await DropOthersAsync(Database);
        }
        await Shop.DisposeAsync();
    }
}
