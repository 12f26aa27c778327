using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>Migrations that are no longer part of the program's code.</summary>
public sealed class ArchiveTests : ShopTest
{
    private static readonly string[] All = [CreateOrders.Version, IndexOrders.Version, RequireCustomer.Version];

    [TestCase(2, null, true)]
    [TestCase(2, 0, true)]
    [TestCase(2, 1, true)]
    [TestCase(2, 2, true)]
    [TestCase(1, null, false)]
    [TestCase(2, 0, false)]
    public async Task A_database_of_any_version_ends_as_with_the_programs_own_migrations_and_so_does_the_way_back(
        int archived,
        int? from,
        bool isCompiled
    )
    {
        using var expected = new Shop();
        foreach (var shop in new[] { Shop, expected })
        {
            if (from is { } index)
            {
                await shop.Manager<RevertibleShopContext>().MigrateToVersionAsync(All[index]);
                shop.Execute("INSERT INTO orders (id, customer) VALUES (1, 'one'), (2, 'two')");
            }
        }
        var assembly = ArchivedAssembly.Of<RevertibleShopContext>(All[archived], isCompiled);
        var manager = Manager<RevertibleShopContext>(assembly);
        var theirs = expected.Manager<RevertibleShopContext>();

        var plan = await manager.PlanAsync();
        await manager.MigrateAsync();
        await theirs.MigrateAsync();
        var (upgraded, upgradedTheirs) = (Shop.Dump(), expected.Dump());
        var status = await manager.GetStatusAsync();
        var isValid = (await Validator<RevertibleShopContext>(assembly).ValidateAsync()).Valid;
        await manager.RollbackToVersionAsync(All[0]);
        await theirs.RollbackToVersionAsync(All[0]);
        var (reverted, revertedTheirs) = (Shop.Dump(), expected.Dump());
        await manager.RollbackToVersionAsync("0");
        await theirs.RollbackToVersionAsync("0");

        Assert.Multiple(async () =>
        {
            Assert.That(
                plan.Databases[0].Migrations.Select(migration => migration.Version),
                Is.EqualTo(from is { } applied ? All[(applied + 1)..] : All)
            );
            Assert.That(plan.Databases[0].Migrations.Select(migration => migration.Sql), Has.None.Empty);
            Assert.That(upgraded, Is.EqualTo(upgradedTheirs));
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
            Assert.That(isValid);
            Assert.That(reverted, Is.EqualTo(revertedTheirs));
            Assert.That(Shop.Dump(), Is.EqualTo(expected.Dump()));
            Assert.That(await HistoryAsync(manager), Is.EqualTo(await HistoryAsync(theirs)).And.Not.Empty);
        });
    }

    [Test]
    public void An_archive_can_grow_and_says_the_same_as_one_that_is_made_at_once()
    {
        var first = ArchivedAssembly.Of<RevertibleShopContext>(All[1]);

        var grown = ArchivedAssembly.Of<RevertibleShopContext>(All[2], from: first);

        Assert.That(
            Files(grown),
            Is.EqualTo(Files(ArchivedAssembly.Of<RevertibleShopContext>(All[2]))).And.Length.EqualTo(2)
        );
    }

    [Test]
    public async Task What_is_edited_in_the_archive_is_drift_where_it_is_applied_and_never_run()
    {
        var edited = ArchivedAssembly.Of<RevertibleShopContext>(
            All[2],
            edit: text => text.Replace("CREATE INDEX", "CREATE UNIQUE INDEX", StringComparison.Ordinal)
        );
        await Shop.Manager<RevertibleShopContext>().MigrateToVersionAsync(All[0]);
        var before = Shop.Dump();

        var failure = Assert.CatchAsync(() => Manager<RevertibleShopContext>(edited).MigrateAsync());
        var afterwards = Shop.Dump();
        await Shop.Manager<RevertibleShopContext>().MigrateAsync();
        var status = await Manager<RevertibleShopContext>(edited).GetStatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(failure!.ToString(), Does.Contain($"{All[1]} was changed after it was archived"));
            Assert.That(afterwards, Is.EqualTo(before));
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
            Assert.That(status.Databases[0].Drift, Has.Some.Contains(All[1]));
        });
    }

    [Test]
    public async Task What_an_archived_migration_declares_is_still_declared()
    {
        await Shop.Manager<DeclaringContext>().MigrateToVersionAsync(CreateOrders.Version);
        Shop.Execute("INSERT INTO orders (id) VALUES (1), (2), (3)");
        var assembly = ArchivedAssembly.Of<DeclaringContext>(DeclaringLast.Version);

        var plan = (await Manager<DeclaringContext>(assembly).PlanAsync()).Databases[0].Migrations;
        var theirs = (await Shop.Manager<DeclaringContext>().PlanAsync()).Databases[0].Migrations;
        Shop.Execute("INSERT INTO orders (id) VALUES (4)");
        var failure = Assert.CatchAsync<MigrationException>(() => Manager<DeclaringContext>(assembly).MigrateAsync());
        Shop.Execute("DELETE FROM orders WHERE id = 4");
        await Manager<DeclaringContext>(assembly).MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(plan.Select(Facts), Is.EqualTo(theirs.Select(Facts)));
            Assert.That(
                (plan[0].Kind, plan[0].TimeLimit, plan[1].DestructiveReason),
                Is.EqualTo((MigrationKind.Seed, TimeSpan.FromSeconds(7), "a reason"))
            );
            Assert.That(failure!.Message, Does.Contain("orders"), "It removes one row more than it declares.");
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.Zero);
        });
    }

    [Test]
    public async Task Code_of_an_archived_migration_runs_with_it_and_in_the_replay()
    {
        var code = new CountingCode();
        using var services = Services<RevertibleShopContext>(
            ArchivedAssembly.Of<RevertibleShopContext>(All[2]),
            migrator => migrator.AddCode("shop", All[1], CodeMoment.After, _ => code)
        );

        await services.GetRequiredService<IMigrationManager>().MigrateAsync();
        var report = await services.GetRequiredService<DataValidator>().ValidateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Shop.Column("SELECT customer FROM orders"), Is.EqualTo(new[] { "coded" }));
            Assert.That((code.Runs, code.Replays > 0), Is.EqualTo((1, true)));
            Assert.That(report.Valid);
        });
    }

    [Test]
    public async Task An_edited_migration_after_the_border_runs_up_but_its_Down_needs_the_archived_model()
    {
        var assembly = ArchivedAssembly.Of<RevertibleShopContext>(
            All[2],
            isCompiled: false,
            edit: text => text.Replace("\"next\": {", "\"next\": { \"edited\": true,", StringComparison.Ordinal)
        );
        var changed = ArchivedAssembly.Of<RevertibleShopContext>(
            All[2],
            isCompiled: false,
            edit: text =>
            {
                var at = text.IndexOf("\"checksum\": \"", StringComparison.Ordinal) + "\"checksum\": \"".Length;
                return text.Insert(at, "0");
            }
        );
        await Manager<RevertibleShopContext>(assembly).MigrateAsync();

        var failure = Assert.CatchAsync<MigrationException>(() =>
            Manager<RevertibleShopContext>(changed).RollbackToVersionAsync(All[1])
        );
        await Manager<RevertibleShopContext>(assembly).RollbackToVersionAsync(All[1]);

        Assert.That(failure!.ToString(), Does.Contain($"the model of {All[1]}, which is archived"));
        Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Is.EqualTo(All[..2]));
    }

    [Test]
    public void What_differs_each_time_and_what_does_not_exist_is_not_archived()
    {
        var clock = Assert.Throws<InvalidOperationException>(() =>
            ArchivedAssembly.Of<MixedContext>(IndexMixed.Version)
        );

        Assert.That(clock!.Message, Does.Contain(NoteMixed.Version).And.Contain("each time"));
        Assert.That(() => ArchivedAssembly.Of<MixedContext>("20200101000000_Never"), Throws.InvalidOperationException);
    }

    [Test]
    public async Task EF_alone_does_not_leave_out_archived_migrations_where_it_is_guarded()
    {
        var assembly = ArchivedAssembly.Of<RevertibleShopContext>(All[2]);
        using var file = GuardedContext($"Data Source={Shop.PathOf("shop")}", assembly);
        using var memory = GuardedContext("Data Source=:memory:", assembly);
        await memory.Database.OpenConnectionAsync();

        await file.Database.MigrateAsync(IndexOrders.Version);
        await file.Database.MigrateAsync();
        await file.Database.MigrateAsync("IndexOrders");

        Assert.Multiple(() =>
        {
            Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Is.EqualTo(All[..2]));
            Assert.That(
                () => memory.Database.MigrateAsync(),
                Throws.InvalidOperationException.With.Message.Contains("lacks " + All[0])
            );
            Assert.That(
                () => memory.Database.Migrate(),
                Throws.InvalidOperationException.With.Message.Contains(All[1])
            );
            Assert.That(
                () => memory.GetService<IMigrator>().GenerateScript(),
                Throws.InvalidOperationException.With.Message.Contains("ragstudio-db script")
            );
        });
    }

    [Test]
    public void The_migration_that_follows_the_archive_cannot_go_because_EF_takes_the_snapshot_with_it()
    {
        var assembly = ArchivedAssembly.Of<RevertibleShopContext>(
            All[1],
            edit: text =>
                text.Replace(
                    $"\"version\": \"{All[1]}\"",
                    "\"version\": \"20250131000000_Gone\"",
                    StringComparison.Ordinal
                )
        );

        var failure = Assert.Throws<InvalidOperationException>(() =>
            ArchivedAssembly.Of<RevertibleShopContext>(All[2], from: assembly)
        );

        Assert.That(failure!.Message, Does.Contain("20250131000000_Gone").And.Contain("snapshot"));
    }

    private static object Facts(PlannedMigration migration) =>
        (
            migration.Version,
            migration.Kind,
            migration.RebuildsTable,
            migration.DestructiveReason,
            migration.TimeLimit,
            migration.Sql,
            string.Join('\n', migration.Findings)
        );

    private static RevertibleShopContext GuardedContext(string connectionString, Assembly assembly) =>
        new(
            new DbContextOptionsBuilder<RevertibleShopContext>()
                .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(assembly))
                .UseGuardedMigrations()
                .Options
        );

    private static string[] Files(ArchivedAssembly assembly) =>
        [
            .. assembly
                .GetManifestResourceNames()
                .Order()
                .Select(name => new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd()),
        ];

    private static async Task<IEnumerable<object>> HistoryAsync(IMigrationManager manager) =>
        (await manager.GetHistoryAsync()).Select(line =>
            (object)
                (
                    line.Id,
                    line.Event,
                    line.Version,
                    line.Name,
                    line.Kind,
                    line.Checksum,
                    line.RollbackSql,
                    line.EFVersion
                )
        );

    private IMigrationManager Manager<TContext>(Assembly assembly)
        where TContext : DbContext => Services<TContext>(assembly).GetRequiredService<IMigrationManager>();

    private DataValidator Validator<TContext>(Assembly assembly)
        where TContext : DbContext => Services<TContext>(assembly).GetRequiredService<DataValidator>();

    private ServiceProvider Services<TContext>(Assembly assembly, Action<MigratorBuilder>? configure = null)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        var migrator = services
            .AddMigrator()
            .AddSqliteDatabase<TContext>(
                "shop",
                $"Data Source={Shop.PathOf("shop")}",
                options => options.MigrationsAssembly = assembly
            );
        configure?.Invoke(migrator);
        return services.BuildServiceProvider();
    }

    private sealed class CountingCode : IMigrationCode
    {
        public string Name => "count";

        public int Runs { get; private set; }

        public int Replays { get; private set; }

        public async Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            (Runs, Replays) = context.IsReplay ? (Runs, Replays + 1) : (Runs + 1, Replays);
            await using var command = context.Connection.CreateCommand();
            command.Transaction = context.Transaction;
            command.CommandText = "INSERT INTO orders (customer) VALUES ('coded')";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>Migrations with every attribute that a migration can have.</summary>
public sealed class DeclaringContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(DeclaringContext)), Migration(Version)]
public sealed class DeclaringCreateOrders : CreateOrders;

[DbContext(typeof(DeclaringContext)), Migration("20250901000000_Lose orders")]
[RemovesRows("orders", AtMost = 3), MigrationKind(MigrationKind.Seed), MigrationTimeout(7)]
public sealed class DeclaringLoss : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DELETE FROM orders");
}

[DbContext(typeof(DeclaringContext)), Migration("20250902000000_DropLines"), DestructiveMigration("a reason")]
public sealed class DeclaringDrop : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("order_lines");
}

[DbContext(typeof(DeclaringContext)), Migration(Version)]
public sealed class DeclaringLast : Migration
{
    public const string Version = "20250903000000_Last";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("last", "orders", nullable: true);
}
