using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Adopt;

/// <summary>Databases whose tables were made by something else, or whose history was lost.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AdoptTests : ShopTest
{
    private const string ByHand = """
        CREATE TABLE "orders" ("customer" TEXT, id INTEGER NOT NULL CONSTRAINT pk PRIMARY KEY AUTOINCREMENT);
        CREATE TABLE order_lines (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE);
        INSERT INTO orders (id, customer) VALUES (1, ' one '), (2, ' two ');
        INSERT INTO order_lines (order_id) VALUES (1), (2);
        """;

    private const string OfTools = """
        CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
        INSERT INTO __diesel_schema_migrations (version) VALUES ('2024');
        CREATE TABLE renamed (Version INTEGER NOT NULL, AppliedOn DATETIME, Description TEXT);
        CREATE INDEX by_hand ON orders (customer, id);
        """;

    private static readonly string[] First = [CreateOrders.Version];

    [Test]
    public async Task A_start_on_tables_without_a_history_fails_before_anything_changes_and_names_the_command()
    {
        Shop.Execute(ByHand);
        var dump = Shop.Dump();
        var manager = Shop.Manager<ShopContext>();

        var failure = Assert.ThrowsAsync<PlanRefusedException>(() => manager.MigrateAsync());

        Assert.That(
            failure!.Message,
            Does.Contain("'shop' already has orders, order_lines")
                .And.Contain("ragstudio-db adopt")
                .And.Contain("AdoptAsync")
                .And.Contain("Nothing was changed.")
        );
        Assert.That((await manager.PlanAsync()).Refusal, Is.EqualTo(failure.Message));
        Assert.That(Shop.Dump(), Is.EqualTo(dump));
        Assert.That(Directory.Exists(Shop.Backups) || File.Exists(Shop.Journal), Is.False);
    }

    [Test]
    public async Task A_file_with_tables_of_another_application_is_adopted_only_as_a_named_version()
    {
        Shop.Execute(ByHand + "CREATE TABLE invoices (id INTEGER PRIMARY KEY); INSERT INTO invoices VALUES (7)");
        var dump = Shop.Dump();
        var manager = Shop.Manager<ShopContext>();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() => manager.AdoptAsync(new AdoptOptions()));
        Assert.That(Shop.Dump(), Is.EqualTo(dump));
        await manager.AdoptAsync(new AdoptOptions { Version = CreateOrders.Version });

        Assert.That(
            refused!.Message,
            Does.Contain("the tables invoices")
                .And.Contain("Another application may have made them")
                .And.Contain("--as")
        );
        Assert.That(DumpWithoutHistory(), Is.EqualTo(dump));
    }

    [Test]
    public async Task AdoptAsync_records_the_version_that_the_schema_is_equal_to_and_changes_nothing_else()
    {
        Shop.Execute(ByHand + OfTools);
        var dump = Shop.Dump();
        var manager = Shop.Manager<ShopContext>();
        var plan = await manager.PlanAdoptionAsync(new AdoptOptions());
        Assert.That(Shop.Dump(), Is.EqualTo(dump), "a plan changes nothing");

        var summary = await manager.AdoptAsync(new AdoptOptions());

        var adopted = summary.Databases.Single();
        Assert.Multiple(() =>
        {
            Assert.That(adopted.Case, Is.EqualTo(AdoptionCase.NoHistory));
            Assert.That(adopted.Version, Is.EqualTo(CreateOrders.Version));
            Assert.That(adopted.AddedRows, Is.EqualTo(First));
            Assert.That(adopted.Differences, Is.Empty);
            Assert.That(
                adopted.UnexpectedTables,
                Is.EquivalentTo(
                    new[]
                    {
                        "__diesel_schema_migrations (the columns are those of Diesel)",
                        "renamed (the columns are those of FluentMigrator)",
                    }
                )
            );
            Assert.That(plan.Databases.Single().Finding, Is.EqualTo(adopted.Finding));
            Assert.That(plan.IsChange);
        });
        Assert.That(DumpWithoutHistory(), Is.EqualTo(dump));
        Assert.That(
            Shop.Column("SELECT MigrationId || ' ' || ProductVersion FROM __EFMigrationsHistory").Single(),
            Does.StartWith($"{CreateOrders.Version} 10.")
        );
        var history = await manager.GetHistoryAsync();
        Assert.That(history.Select(line => line.Event), Is.All.EqualTo(MigrationEvent.Adopted));
        Assert.That(history[0].Detail, Does.Contain($"adopted as {CreateOrders.Version}"));
        Assert.That(
            history[1],
            Has.Property("Version").EqualTo(CreateOrders.Version).And.Property("Checksum").Not.Null
        );
        Assert.That((await manager.Backups.VerifyAsync()).Single().Backup.Id, Is.EqualTo(summary.BackupId));
        var migrated = await manager.MigrateAsync();
        Assert.That(migrated.Databases.Single().Migrations, Has.Count.EqualTo(3));
        Assert.That(Shop.Column("SELECT customer FROM orders"), Is.EqualTo(new[] { "one", "two" }));
        Assert.That((await manager.AdoptAsync(new AdoptOptions())).BackupId, Is.Null, "it fits already");
        Assert.That(File.Exists(Shop.Journal), Is.False);
    }

    [Test]
    public async Task A_schema_that_several_versions_share_is_adopted_by_itself_only_if_none_of_them_changes_rows()
    {
        await Shop.Manager<ShopContext>().MigrateToVersionAsync(RequireCustomer.Version);
        Shop.Execute("DROP TABLE __EFMigrationsHistory; DROP TABLE __migrator_history");
        var manager = Shop.Manager<ShopContext>();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() => manager.AdoptAsync(new AdoptOptions()));
        var plan = (await manager.PlanAdoptionAsync(new AdoptOptions())).Databases.Single();
        var adopted = await manager.AdoptAsync(new AdoptOptions { Version = "requirecustomer" });

        Assert.That(
            refused!.Message,
            Does.Contain($"{RequireCustomer.Version}, {TrimCustomers.Version}")
                .And.Contain($"changed the rows: {TrimCustomers.Version}.")
        );
        Assert.That(plan.EqualVersions, Is.EqualTo(new[] { RequireCustomer.Version, TrimCustomers.Version }));
        Assert.That(plan.Choices[0], Does.Contain($"lets the next 'migrate' run {TrimCustomers.Version}"));
        Assert.That(adopted.Databases.Single().AddedRows, Has.Count.EqualTo(3));
        Assert.That(
            (await manager.MigrateAsync()).Databases.Single().Migrations.Single().Version,
            Is.EqualTo(TrimCustomers.Version)
        );
    }

    [Test]
    public async Task A_schema_equal_to_no_version_is_compared_with_the_nearest_and_adopted_only_as_a_named_one()
    {
        Shop.Execute(
            """
            CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, customer BLOB NOT NULL DEFAULT '', extra TEXT);
            CREATE TABLE order_lines (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, order_id INTEGER NOT NULL);
            INSERT INTO orders (customer) VALUES (' kept ');
            """
        );
        var dump = Shop.Dump();
        var manager = Shop.Manager<ShopContext>();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() => manager.AdoptAsync(new AdoptOptions()));
        Assert.That(Shop.Dump(), Is.EqualTo(dump));
        Assert.That(
            refused!.Message,
            Does.Contain("type BLOB, not TEXT")
                .And.Contain("the foreign key order_id of 'order_lines'")
                .And.Contain("No version has the columns orders.extra: they may be of a newer program")
                .And.Contain("--as")
        );
        var adopted = (
            await manager.AdoptAsync(new AdoptOptions { Version = TrimCustomers.Version })
        ).Databases.Single();

        Assert.That(adopted.Differences, Has.Count.EqualTo(4));
        Assert.That(adopted.Differences, Has.One.StartsWith("the index 'IX_orders_customer' of 'orders' is missing"));
        Assert.That(DumpWithoutHistory(), Is.EqualTo(dump));
        var line = (await manager.GetHistoryAsync(1)).Single();
        Assert.That(line.Detail, Does.Contain("as requested").And.Contain("left different: ").And.Contain("'extra'"));
        Assert.That((await manager.GetStatusAsync()).Databases.Single().Drift, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_history_that_does_not_fit_is_named_and_made_to_fit_only_by_a_choice()
    {
        var manager = Shop.Manager<ShopContext>();
        await manager.MigrateAsync();
        // Rows missing for migrations that the schema shows applied.
        Shop.Execute($"DELETE FROM __EFMigrationsHistory WHERE MigrationId > '{CreateOrders.Version}'");
        var missing = Assert.ThrowsAsync<PlanRefusedException>(() => manager.AdoptAsync(new AdoptOptions()));
        Assert.That(missing!.Message, Does.Contain("lacks migrations").And.Contain($"ends at {CreateOrders.Version}"));
        var repaired = (await manager.AdoptAsync(new AdoptOptions { Version = "TrimCustomers" })).Databases.Single();
        Assert.That(repaired.Case, Is.EqualTo(AdoptionCase.MissingRows));
        Assert.That(repaired.AddedRows, Has.Count.EqualTo(3));
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(
            Assert
                .ThrowsAsync<PlanRefusedException>(() =>
                    manager.AdoptAsync(new AdoptOptions { Version = "CreateOrders" })
                )!
                .Message,
            Does.Contain("would make the two differ")
        );

        // Rows for migrations whose effect is not there.
        Shop.Execute(
            "DROP INDEX IX_orders_customer; ALTER TABLE orders DROP COLUMN customer; ALTER TABLE orders ADD COLUMN customer TEXT"
        );
        var surplus = (await manager.PlanAdoptionAsync(new AdoptOptions())).Databases.Single();
        Assert.That(surplus.Case, Is.EqualTo(AdoptionCase.SurplusRows));
        Assert.That(
            surplus.Choices.Single(),
            Does.StartWith($"--as {CreateOrders.Version} removes {IndexOrders.Version}, ")
        );
        var reduced = (await manager.AdoptAsync(new AdoptOptions { Version = "CreateOrders" })).Databases.Single();
        Assert.That(reduced.RemovedRows, Has.Count.EqualTo(3));
        Assert.That((await manager.MigrateAsync()).Databases.Single().Migrations, Has.Count.EqualTo(3));

        // Renamed, and of a newer program.
        Shop.Execute(
            "UPDATE __EFMigrationsHistory SET MigrationId = '20250401000001_Trim' WHERE MigrationId LIKE '%Trim%'"
        );
        Assert.ThrowsAsync<DatabaseNewerException>(() => manager.AdoptAsync(new AdoptOptions()));
        Shop.Execute(
            "UPDATE __EFMigrationsHistory SET MigrationId = '20250201000001_Index' WHERE MigrationId LIKE '%IndexOrders'; INSERT INTO __EFMigrationsHistory VALUES ('20250401000000_TrimCustomers', '10'); DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%1_Trim'"
        );
        var renamed = (await manager.PlanAdoptionAsync(new AdoptOptions())).Databases.Single();
        Assert.That(renamed.Case, Is.EqualTo(AdoptionCase.RenamedRows));
        Assert.That(renamed.Finding, Does.Contain("20250201000001_Index, which this program does not have"));
    }

    [Test]
    public async Task What_EF_alone_has_left_half_done_is_named_with_the_versions_on_both_sides()
    {
        var manager = Shop.Manager<ShopContext>();
        await manager.MigrateToVersionAsync(CreateOrders.Version);
        Shop.Execute(
            """
            INSERT INTO orders (customer) VALUES ('one');
            DROP TABLE order_lines;
            CREATE TABLE "ef_temp_orders" ("id" INTEGER NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY AUTOINCREMENT, "customer" TEXT NOT NULL DEFAULT '');
            CREATE TABLE ef_temp_other (id INTEGER);
            """
        );

        var half = (await manager.PlanAdoptionAsync(new AdoptOptions())).Databases.Single();

        Assert.That(half.Case, Is.EqualTo(AdoptionCase.HalfMigrated));
        Assert.That(half.Nearest.Select(side => side.Version), Is.EqualTo(new[] { "0", CreateOrders.Version }));
        Assert.That(half.Nearest[1].Differences, Is.EqualTo(new[] { "the table 'order_lines' is missing" }));
        Assert.That(
            half.Leftovers.Single(),
            Is.EqualTo(new LeftoverTable("ef_temp_orders", "orders", 0, false, false))
        );
        Assert.That(half.UnexpectedTables, Is.EqualTo(new[] { "ef_temp_other" }), "nothing was rebuilt into it");
    }

    [Test]
    public async Task Leftovers_are_dropped_only_on_request_and_never_if_they_are_the_only_copy()
    {
        var manager = Shop.Manager<ShopContext>();
        await manager.MigrateAsync();
        Shop.Execute("CREATE TABLE ef_temp_orders AS SELECT * FROM orders; INSERT INTO ef_temp_orders (id) VALUES (7)");

        var kept = await manager.AdoptAsync(new AdoptOptions { Leftovers = LeftoverTables.DropEmpty });
        Assert.That(kept.BackupId, Is.Null);
        Assert.That(
            kept.Databases.Single().Finding,
            Does.Contain("'ef_temp_orders' behind with 1 row, from rebuilding 'orders'")
        );
        var dropped = await manager.AdoptAsync(new AdoptOptions { Leftovers = LeftoverTables.DropWithRows });
        Assert.That(dropped.BackupId, Is.Not.Null);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'ef_temp_orders'"), Is.Zero);
        Assert.That(
            (await manager.GetHistoryAsync(1)).Single().Detail,
            Is.EqualTo("dropped ef_temp_orders with 1 rows")
        );

        Shop.Execute(
            "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; ALTER TABLE orders RENAME TO ef_temp_orders"
        );
        var only = await manager.PlanAdoptionAsync(new AdoptOptions { Leftovers = LeftoverTables.DropWithRows });
        Assert.That(
            only.Databases.Single().Leftovers.Single(),
            Has.Property("IsOnlyCopy").True.And.Property("IsDropped").False
        );
        Assert.That(only.Databases.Single().Finding, Does.Contain("rename 'ef_temp_orders' to 'orders'"));
    }

    [Test]
    public async Task Nothing_is_adopted_where_there_is_nothing_and_a_wrong_version_is_refused()
    {
        var manager = Shop.Manager<ShopContext>();
        Assert.That(
            (await manager.AdoptAsync(new AdoptOptions())).Databases.Single().Case,
            Is.EqualTo(AdoptionCase.Empty)
        );
        Assert.That(File.Exists(Shop.PathOf("shop")), Is.False);
        Shop.Execute("CREATE TABLE of_another_program (id INTEGER)");
        var dump = Shop.Dump();

        Assert.That(
            (await manager.AdoptAsync(new AdoptOptions())).Databases.Single().Case,
            Is.EqualTo(AdoptionCase.Empty)
        );
        Assert.That(
            Assert
                .ThrowsAsync<PlanRefusedException>(() =>
                    manager.AdoptAsync(new AdoptOptions { Version = "IndexOrders" })
                )!
                .Message,
            Does.Contain("has no table of this program").And.Contain("of_another_program")
        );
        Assert.ThrowsAsync<InvalidVersionException>(() => manager.AdoptAsync(new AdoptOptions { Version = "None" }));

        Assert.That(Shop.Dump(), Is.EqualTo(dump));
        await manager.MigrateAsync();
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM of_another_program"), Is.Zero, "a table beside ours");
    }

    [Test]
    public async Task Two_contexts_in_one_file_are_adopted_each_as_its_own_version()
    {
        var file = $"Data Source={Shop.PathOf("shop")}";
        var manager = Shop.Manager(
            null,
            migrator =>
                migrator.AddSqliteDatabase<ShopContext>("shop", file).AddSqliteDatabase<NotesContext>("notes", file)
        );
        Shop.Execute(ByHand + "CREATE TABLE notes (text TEXT NOT NULL);");

        var summary = await manager.AdoptAsync(new AdoptOptions());

        Assert.That(
            summary.Databases.Select(database => (database.Version, database.UnexpectedTables.Count)),
            Is.EqualTo(new[] { (CreateOrders.Version, 0), ("20250101000000_CreateNotes", 0) })
        );
        await manager.MigrateAsync();
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task AdoptOnStartup_adopts_a_database_that_is_equal_to_one_version_and_no_other(bool isEqual)
    {
        Shop.Execute(ByHand + (isEqual ? "" : "ALTER TABLE orders ADD COLUMN extra TEXT;"));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder
            .Services.AddMigrator(options => options.AdoptOnStartup = true)
            .AddSqliteDatabase<ShopContext>("shop", $"Data Source={Shop.PathOf("shop")}")
            .MigrateOnStartup();
        using var host = builder.Build();

        if (isEqual)
        {
            await host.StartAsync();
            Assert.That(Shop.Column("SELECT customer FROM orders"), Is.EqualTo(new[] { "one", "two" }));
            await host.StopAsync();
            return;
        }
        var failure = Assert.ThrowsAsync<PlanRefusedException>(() => host.StartAsync());
        Assert.That(failure!.Message, Does.Contain("already has orders"), "as without the option");
        Assert.That(
            Shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name LIKE '\\_\\_%' ESCAPE '\\'"),
            Is.Zero
        );
    }

    [Test]
    public async Task Versions_that_cannot_be_replayed_are_not_ruled_out()
    {
        Shop.Execute(ByHand);
        var manager = Shop.Manager<FailingShopContext>();

        var refused = Assert.ThrowsAsync<PlanRefusedException>(() => manager.AdoptAsync(new AdoptOptions()));
        var adopted = await manager.AdoptAsync(new AdoptOptions { Version = "CreateOrders" });

        Assert.That(
            refused!.Message,
            Does.Contain("Versions that were not compared may be equal too").And.Contain("cause_is_gone")
        );
        Assert.That(adopted.Databases.Single().AddedRows, Is.EqualTo(First));
    }

    [Test]
    public async Task The_history_of_a_context_with_names_of_its_own_gets_the_rows()
    {
        Shop.Execute(ByHand);
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options =>
            options.UseSqlite(
                $"Data Source={Shop.PathOf("shop")}",
                sqlite => sqlite.MigrationsHistoryTable("history_of_shop")
            )
        );
        services.AddMigrator().AddSqliteDatabase<ShopContext>("shop");
        await using var provider = services.BuildServiceProvider();
        var manager = provider.GetRequiredService<IMigrationManager>();

        await manager.AdoptAsync(new AdoptOptions());

        Assert.That(Shop.Column("SELECT MigrationId FROM history_of_shop"), Is.EqualTo(First));
        await manager.MigrateAsync();
    }

    private string DumpWithoutHistory()
    {
        Shop.Execute($"VACUUM INTO '{Shop.PathOf("copy")}'");
        Shop.Execute("DROP TABLE __EFMigrationsHistory", "copy");
        return Shop.Dump("copy");
    }
}
