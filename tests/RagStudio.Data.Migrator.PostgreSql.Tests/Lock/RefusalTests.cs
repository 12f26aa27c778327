using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class RefusalTests
{
    [TestCase(PoolMode.Transaction)]
    [TestCase(PoolMode.Session)]
    public async Task A_pooler_is_refused_and_leaks_no_lock(PoolMode mode)
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await using var pooler = await PgBouncer.StartAsync(shop.Database.Server, mode);

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            shop.Manager<FirstShop>(pooler.Through(shop.Database.ConnectionString)).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("pooler").And.Contain("Nothing was changed"));
        Assert.That(refused.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(await shop.TablesAsync(), Is.Empty);
        Assert.That(await ShopPair.LocksAsync(shop), Is.Zero);
    }

    /// <summary>A client creates what the server should have taken back, as an engine does that commits it by itself.</summary>
    [Test]
    public async Task A_server_that_keeps_what_was_rolled_back_is_refused()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var asked = false;
        var held = proxy.On(
            statement =>
                asked = asked || (IsProbed(proxy) && statement.Contains("to_regclass", StringComparison.Ordinal)),
            Fault.Hold
        );
        var run = shop.Manager<FirstShop>(proxy.Through(shop.Database.ConnectionString)).MigrateAsync();
        await held.HappenedAsync();
        await shop.Database.ExecuteAsync(
            proxy.Statements.Last(statement => statement.Contains(Probe, StringComparison.Ordinal))
        );
        held.Release();

        var refused = Assert.CatchAsync<MigrationException>(() => run);

        Assert.That(refused!.Message, Does.Contain("does not take back").And.Contain("transactional DDL"));
        Assert.That(await shop.TablesAsync(), Is.Empty);
    }

    private const string Probe = "CREATE TABLE \"public\".\"__migrator_probe_";

    private static bool IsProbed(CuttingProxy proxy) =>
        proxy.Statements.Any(statement => statement.Contains(Probe, StringComparison.Ordinal));

    [Test]
    public async Task A_standby_is_refused()
    {
        await using var primary = await PostgresServer.StartAsync();
        await using var shop = await ShopDatabase.CreateAsync(primary);
        await using var replica = await Replica.StartAsync(primary);
        await replica.CatchUpAsync();
        var connectionString = replica.Server.ConnectionStringFor(
            shop.Database.Name,
            shop.Database.Owner.Name,
            shop.Database.Owner.Password
        );

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            shop.Manager<FirstShop>(connectionString).MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("standby").And.Contain("primary"));
    }

    [Test]
    public async Task Another_schema_in_front_of_the_tables_is_refused_and_nothing_is_made()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("CREATE SCHEMA other");
        var before = await shop.TablesAsync();

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            shop.Manager<SecondShop>(shop.Database.ConnectionString + ";Search Path=other,public").MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("'other'").And.Contain("Search Path=public"));
        Assert.That(await shop.TablesAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Tables_that_EF_has_made_are_found_in_another_schema_too()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Database.ExecuteAsync(
            $"""
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" text PRIMARY KEY, "ProductVersion" text);
            INSERT INTO "__EFMigrationsHistory" VALUES ('{CreateOrders.Version}', '10.0.0');
            CREATE SCHEMA "{shop.Database.Owner.Name}"
            """
        );

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() => shop.Manager<FirstShop>().MigrateAsync());

        Assert.That(refused!.Message, Does.Contain("are in 'public'"));
        Assert.That(await shop.TablesAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_schema_that_is_asked_for_gets_its_own_tables()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<FirstShop>().MigrateAsync();
        await shop.Database.ExecuteAsync("CREATE SCHEMA tenant");

        var summary = await shop.Manager<FirstShop>(
                shop.Database.ConnectionString + ";Search Path=tenant",
                database: options => options.Schema = "tenant"
            )
            .MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Has.Count.EqualTo(1));
        Assert.That(await shop.CountAsync("tenant.orders"), Is.EqualTo(10));
        Assert.That(await shop.CountAsync("public.orders"), Is.EqualTo(10));
    }

    [Test]
    public async Task Contexts_of_one_database_with_different_search_paths_are_refused()
    {
        await using var shop = await ShopDatabase.CreateAsync();

        var refused = Assert.CatchAsync<InvalidOperationException>(() =>
            shop.Manager(migrator =>
                {
                    migrator.AddPostgreSqlDatabase<FirstShop>("one", shop.Database.ConnectionString);
                    migrator.AddPostgreSqlDatabase<SalesContext>(
                        "two",
                        shop.Database.ConnectionString + ";Search Path=tenant"
                    );
                })
                .MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("Search Path"));
        Assert.That(await shop.TablesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_search_path_that_leads_nowhere_is_refused()
    {
        await using var shop = await ShopDatabase.CreateAsync();

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() =>
            shop.Manager<FirstShop>(shop.Database.ConnectionString + ";Search Path=nowhere").MigrateAsync()
        );

        Assert.That(refused!.Message, Does.Contain("search_path"));
        Assert.That(await shop.TablesAsync(), Is.Empty);
    }
}
