using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Roles that may do less than the owner of a database.</summary>
public sealed class PrivilegeTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_history_in_a_schema_that_exists_needs_no_privilege_on_the_database(bool byEF)
    {
        await using var shop = await ShopDatabase.CreateAsync();
        var role = await shop.Database.CreateRoleAsync();
        await shop.Database.Server.ExecuteAsync($"CREATE SCHEMA own AUTHORIZATION {role.Name}", shop.Database.Name);
        var manager = shop.Manager<FirstShop>(
            shop.Database.ConnectionStringFor(role) + ";Search Path=own",
            database: options =>
            {
                options.MigrationsHistorySchema = "own";
                options.CreateContext = byEF ? given => new FirstShop(Typed(given)) : null;
            }
        );

        await manager.MigrateAsync();

        var superuser = shop.Database.Server;
        Assert.That(
            await superuser.ScalarAsync<long>("SELECT count(*) FROM own.orders", shop.Database.Name),
            Is.EqualTo(10)
        );
    }

    [Test]
    public async Task A_prepared_transaction_of_another_role_is_told_with_that_role()
    {
        await using var pair = await ShopPair.CreateAsync();
        var second = pair.Second.Database;
        var oid = await pair.First.Database.ScalarAsync<long>(
            "SELECT oid::int8 FROM pg_database WHERE datname = current_database()"
        );
        await second.Server.ExecuteAsync(
            $"BEGIN; CREATE TABLE of_another (id int); PREPARE TRANSACTION '__migrator:000000000000:{oid}:1'",
            second.Name
        );

        var refused = Assert.CatchAsync<DatabaseAccessException>(() => pair.Manager(HostRelease.New).MigrateAsync());

        Assert.That(
            refused!.Message,
            Does.Contain("has to be rolled back")
                .And.Contain($"the role '{PostgresServer.Superuser}'")
                .And.Contain("42501")
                .And.Not.Contain("Grant the role")
        );
        Assert.That(refused.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.EqualTo(1));
    }

    private static Microsoft.EntityFrameworkCore.DbContextOptions<FirstShop> Typed(
        Microsoft.EntityFrameworkCore.DbContextOptions given
    ) => (Microsoft.EntityFrameworkCore.DbContextOptions<FirstShop>)given;
}
