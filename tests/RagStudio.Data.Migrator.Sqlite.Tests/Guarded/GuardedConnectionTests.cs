using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>
/// Tests what happens to the connection of the migrating context, and which connections are not guarded.
/// </summary>
public sealed class GuardedConnectionTests : GuardedShopTest
{
    [Test]
    public async Task A_context_has_its_own_connection_afterwards()
    {
        using var context = Guarded<ShopContext>();
        var connection = context.Database.GetDbConnection();

        await context.Database.MigrateAsync();

        Assert.That(context.Database.GetDbConnection(), Is.SameAs(connection));
        Assert.That(connection.State, Is.EqualTo(ConnectionState.Closed));
        Assert.That(context.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM orders").Single(), Is.Zero);
    }

    [Test]
    public async Task A_connection_that_the_context_has_opened_is_open_again_even_after_a_failure()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        using var context = Guarded<FailingShopContext>();
        await context.Database.OpenConnectionAsync();

        Assert.ThrowsAsync<MigrationFailedException>(() => context.Database.MigrateAsync());

        Assert.That(context.Database.GetDbConnection().State, Is.EqualTo(ConnectionState.Open));
        await context.Database.CloseConnectionAsync();
        Assert.That(context.Database.GetDbConnection().State, Is.EqualTo(ConnectionState.Closed));
    }

    [Test]
    public async Task A_connection_that_the_context_was_given_open_is_open_again()
    {
        using var connection = Shop.Open();
        using var context = Create(
            new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).UseGuardedMigrations()
        );

        await context.Database.MigrateAsync();

        Assert.That(connection.State, Is.EqualTo(ConnectionState.Open));
        Assert.That(Applied(), Is.EqualTo(context.Database.GetMigrations()));
        Assert.That(File.Exists(Shop.PathOf("shop") + ".lock"), Is.True, "it was a guarded run");
    }

    [Test]
    public async Task A_connection_in_a_transaction_is_refused_and_its_rows_stay()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        using var context = Guarded<ShopContext>();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlRawAsync("INSERT INTO orders (customer) VALUES ('mine')");

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() => context.Database.MigrateAsync());

        Assert.That(failure.Message, Does.Contain("is in a transaction").And.Contain("Nothing was changed."));
        await transaction.CommitAsync();
        Assert.That(Orders(), Is.EqualTo(4));
        Assert.That(Applied(), Is.EqualTo(new[] { CreateOrders.Version }));
    }

    [Test]
    public async Task Interceptors_prepare_the_connection_that_migrates_without_weakening_it()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        using var context = Create(
            Options<ShopContext>()
                .AddInterceptors(
                    new Preparing("PRAGMA user_version; PRAGMA foreign_keys = OFF; PRAGMA locking_mode = NORMAL")
                )
        );
        Shop.Execute("CREATE TRIGGER shouting AFTER UPDATE ON orders BEGIN SELECT shout(NEW.customer); END");

        await context.Database.MigrateAsync();

        Assert.That(Applied(), Is.EqualTo(context.Database.GetMigrations()));
        Assert.That(Orders(), Is.EqualTo(3));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM order_lines"), Is.EqualTo(3));
    }

    [Test]
    public async Task An_interceptor_may_create_the_folder()
    {
        var file = Path.Combine(Shop.Folder, "deep", "down", "shop.db");
        using var context = Create(
            new DbContextOptionsBuilder<ShopContext>()
                .UseSqlite($"Data Source={file}")
                .AddInterceptors(new CreatingFolder())
                .UseGuardedMigrations()
        );

        await context.Database.MigrateAsync();

        Assert.That(File.Exists(file));
    }

    [Test]
    [NonParallelizable]
    public async Task A_relative_path_is_below_the_base_folder_that_the_application_has_set()
    {
        AppDomain.CurrentDomain.SetData("DataDirectory", Shop.Folder);
        try
        {
            using var context = Create(
                new DbContextOptionsBuilder<ShopContext>()
                    .UseSqlite("Data Source=|DataDirectory|shop.db")
                    .UseGuardedMigrations()
            );

            await context.Database.MigrateAsync();

            Assert.That(await context.Database.GetPendingMigrationsAsync(), Is.Empty, "EF and we mean the same file");
            Assert.That(Applied(), Is.Not.Empty);
        }
        finally
        {
            AppDomain.CurrentDomain.SetData("DataDirectory", null);
        }
    }

    [Test]
    public async Task A_database_in_memory_is_left_to_EF()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        using var context = Create(
            new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).UseGuardedMigrations()
        );

        await context.Database.MigrateAsync();

        Assert.That(await context.Database.GetPendingMigrationsAsync(), Is.Empty);
        Assert.That(context.Database.SqlQueryRaw<long>("SELECT count(*) AS Value FROM orders").Single(), Is.Zero);
    }

    [Test]
    public void A_file_that_is_named_by_a_URI_is_refused()
    {
        using var context = Create(
            new DbContextOptionsBuilder<ShopContext>()
                .UseSqlite($"Data Source=file:{Shop.PathOf("shop")}?cache=private")
                .UseGuardedMigrations()
        );

        var failure = Assert.Throws<InvalidOperationException>(() => context.Database.Migrate());

        Assert.That(failure.Message, Does.Contain("is a URI"));
        Assert.That(File.Exists(Shop.PathOf("shop")), Is.False);
    }

    [Test]
    public void Another_EF_provider_is_refused()
    {
        var options = new DbContextOptionsBuilder<ShopContext>().UseInMemoryDatabase("shop").UseGuardedMigrations();

        var failure = Assert.Throws<InvalidOperationException>(() => Create(options));

        Assert.That(
            failure.Message,
            Does.Contain(
                "no provider for Microsoft.EntityFrameworkCore.InMemory is registered (registered: UseSqlite and a file)"
            )
        );
    }

    [Test]
    public void A_name_that_is_no_file_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new DbContextOptionsBuilder().UseGuardedMigrations("../shop"));

    private sealed class Preparing(string pragmas) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
            Prepare((SqliteConnection)connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            Prepare((SqliteConnection)connection);
            return Task.CompletedTask;
        }

        private void Prepare(SqliteConnection connection)
        {
            connection.CreateFunction("shout", (string text) => text.ToUpperInvariant());
            using var command = new SqliteCommand(pragmas, connection);
            command.ExecuteNonQuery();
        }
    }

    private sealed class CreatingFolder : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection,
            ConnectionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default
        )
        {
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
            return ValueTask.FromResult(result);
        }
    }
}
