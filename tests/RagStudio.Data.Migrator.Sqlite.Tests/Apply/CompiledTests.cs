using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>
/// Tests the behavior specific to compiled migrations. The other fixtures also run with compiled migrations,
/// which shows that these do what EF does.
/// </summary>
public sealed class CompiledTests : ShopTest
{
    [Test]
    public async Task A_run_by_compiled_migrations_creates_no_context_and_builds_no_model()
    {
        var assembly = CompiledAssembly.Of<CountingContext>();
        var manager = Manager<CountingContext>(assembly);
        (CountingContext.Created, CountingContext.Models) = (0, 0);

        await manager.MigrateAsync();
        await manager.RollbackToVersionAsync("0");
        await manager.MigrateAsync();

        Assert.That((CountingContext.Created, CountingContext.Models), Is.EqualTo((0, 0)));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM counted"), Is.Zero);
        Assert.That(assembly.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task The_first_migrations_run_while_later_ones_are_still_being_created()
    {
        using var applied = new ManualResetEventSlim();
        var manager = Manager<WaitingContext>(CompiledAssembly.Of<WaitingContext>());
        var waited = false;
        LateMigration.InUp = () => waited = applied.Wait(TimeSpan.FromSeconds(30));
        var progress = new OnProgress(step =>
        {
            if (step is { Phase: MigrationPhase.Apply, Version: EarlyMigration.Version, Completed: 1 })
            {
                applied.Set();
            }
        });

        await manager.MigrateAsync(progress);

        Assert.That(waited, "The first one was applied before the second one was created.");
        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
            Is.EqualTo(new[] { EarlyMigration.Version, LateMigration.Version })
        );
    }

    [Test]
    public async Task EFs_own_way_creates_a_context_and_models_which_shows_that_they_are_counted()
    {
        (CountingContext.Created, CountingContext.Models) = (0, 0);

        await Manager<CountingContext>(null).MigrateAsync();

        Assert.That(CountingContext.Created, Is.EqualTo(1));
        Assert.That(CountingContext.Models, Is.Positive);
    }

    [Test]
    public async Task With_nothing_pending_the_file_is_not_read()
    {
        await Manager<ShopContext>(null).MigrateAsync();
        var assembly = CompiledAssembly.Of<ShopContext>();

        var summary = await Manager<ShopContext>(assembly).MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Is.Empty);
        Assert.That(assembly.Reads, Is.Zero);
    }

    [TestCase(
        "\"version\": \"20250201000000_IndexOrders\"",
        "\"version\": \"20250201000001_IndexOrders\"",
        "added or removed"
    )]
    [TestCase("\"format\": 1", "\"format\": 2", "format 2")]
    [TestCase("\"provider\": \"Microsoft.EntityFrameworkCore.Sqlite\"", "\"provider\": \"Npgsql\"", "Npgsql")]
    [TestCase("\"checksum\": \"", "\"checksum\": \"0", "20250101000000_CreateOrders")]
    [TestCase("\"up\": [", "\"up\": [[", "cannot be read")]
    [TestCase("\"up\"", "\"over\"", "'up' is missing")]
    public async Task A_stale_file_is_told_and_EF_migrates(string found, string replacement, string reason)
    {
        using var expected = new Shop();
        await expected.Manager<ShopContext>().MigrateAsync();
        using var log = new RecordedLog();
        var assembly = CompiledAssembly.Of<ShopContext>(text =>
        {
            Assert.That(text, Does.Contain(found));
            return text.Replace(found, replacement, StringComparison.Ordinal);
        });

        await Manager<ShopContext>(assembly, log: log).MigrateAsync();

        var warning = log.Lines.Single(line => line.Id.Id == MigratorEventIds.CompiledNotUsed);
        Assert.That(warning.Text, Does.Contain(reason));
        Assert.That(Shop.Dump(), Is.EqualTo(expected.Dump()));
    }

    [Test]
    public async Task A_migration_that_was_edited_after_the_compiling_is_run_as_it_is_now()
    {
        using var log = new RecordedLog();
        var assembly = CompiledAssembly.Of<ShopContext>(text =>
            text.Replace(typeof(ShopContext).FullName!, typeof(EditedShopContext).FullName, StringComparison.Ordinal)
        );
        var edited = new CompiledAssembly(
            typeof(EditedShopContext).Assembly,
            "EditedShopContext.migrations.json",
            assembly.Content
        );
        await Shop.Manager<FirstShopContext>().MigrateAsync();
        Shop.Execute("INSERT INTO orders (id) VALUES (1)");

        await Manager<EditedShopContext>(edited, log: log).MigrateAsync();

        Assert.That(log.Lines.Select(line => line.Id.Id), Has.Some.EqualTo(MigratorEventIds.CompiledNotUsed));
        Assert.That(Shop.Scalar<string>("SELECT customer FROM orders"), Is.EqualTo("nobody"));
    }

    [Test]
    public async Task What_comes_before_a_changed_migration_is_still_taken_from_the_file_and_the_rest_is_EFs()
    {
        using var expected = new Shop();
        await expected.Manager<ShopContext>().MigrateAsync();
        using var log = new RecordedLog();
        var seeded = new List<string>();
        var assembly = CompiledAssembly.Of<ShopContext>(text =>
            CompiledAssembly
                .Outdate(text, IndexOrders.Version)
                .Replace("ON DELETE CASCADE", "ON DELETE CASCADE /* compiled */", StringComparison.Ordinal)
        );

        var summary = await Manager<ShopContext>(
                assembly,
                log: log,
                configureContext: builder =>
                    builder.UseAsyncSeeding(
                        (context, _, _) =>
                        {
                            seeded.AddRange(context.Database.GetAppliedMigrations());
                            return Task.CompletedTask;
                        }
                    )
            )
            .MigrateAsync();

        var lines = Shop.Scalar<string>("SELECT sql FROM sqlite_master WHERE name = 'order_lines'");
        Assert.That(lines, Does.Contain("/* compiled */"));
        Assert.That(Shop.Dump().Replace(" /* compiled */", "", StringComparison.Ordinal), Is.EqualTo(expected.Dump()));
        Assert.That(summary.Databases.Single().Migrations.Select(m => m.Version), Is.EqualTo(seeded));
        Assert.That(
            log.Lines.Single(line => line.Id.Id == MigratorEventIds.CompiledNotUsed).Text,
            Does.Contain(IndexOrders.Version)
        );
    }

    [Test]
    public async Task Where_EF_fails_after_compiled_migrations_they_are_undone_too()
    {
        await Shop.Manager<FirstShopContext>().MigrateAsync();
        Shop.Execute("INSERT INTO orders (id) VALUES (1)");
        var before = Shop.Dump();
        var assembly = CompiledAssembly.Of<FailingShopContext>(text =>
            CompiledAssembly.Outdate(text, RequireCustomer.Version)
        );

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Manager<FailingShopContext>(assembly).MigrateAsync()
        );

        Assert.That(failure!.Version, Is.EqualTo(RequireCustomer.Version));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Statements_that_cannot_run_in_a_transaction_and_functions_of_EF_work(bool isCompiled)
    {
        var manager = Manager<ScriptedContext>(isCompiled ? CompiledAssembly.Of<ScriptedContext>() : null);

        await manager.MigrateAsync();
        var rows = Shop.Column("SELECT text FROM scripted");
        await manager.RollbackToVersionAsync("0");

        Assert.That(rows, Is.EqualTo(new[] { "one;", "two", "three" }));
        Assert.That(Shop.Column("SELECT name FROM sqlite_master WHERE name = 'scripted'"), Is.Empty);
        Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task References_that_a_rebuild_breaks_undo_it_as_a_whole_without_a_backup_too(bool isCompiled)
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var assembly = isCompiled ? CompiledAssembly.Of<OrphaningShopContext>() : null;
        var manager = Manager<OrphaningShopContext>(assembly, options => options.BackupBeforeMigration = false);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.Version, Is.EqualTo(RequireCustomer.Version));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(5));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM pragma_foreign_key_check"), Is.Zero);
        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
            Is.EqualTo(new[] { CreateOrders.Version, IndexOrders.Version })
        );
        Assert.That(
            Shop.Scalar<long>("SELECT \"notnull\" FROM pragma_table_info('orders') WHERE name = 'customer'"),
            Is.Zero
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Interceptors_and_seeding_take_part(bool isCompiled)
    {
        var (commands, seeded) = (new RecordedCommands(), new List<bool>());
        var assembly = isCompiled ? CompiledAssembly.Of<ShopContext>() : null;

        await Manager<ShopContext>(
                assembly,
                configureContext: builder =>
                    builder
                        .AddInterceptors(commands)
                        .UseAsyncSeeding(
                            (_, hasMigrated, _) =>
                            {
                                seeded.Add(hasMigrated);
                                return Task.CompletedTask;
                            }
                        )
            )
            .MigrateAsync();

        Assert.That(seeded, Is.EqualTo(new[] { true }));
        Assert.That(commands.Texts, Has.Some.Contains("CREATE TABLE \"orders\""));
        Assert.That(commands.Texts, Has.Some.Contains("INSERT INTO \"__EFMigrationsHistory\""));
    }

    [Test]
    public async Task The_history_says_the_same_as_after_EFs_own_way()
    {
        using var other = new Shop();
        await Manager<RevertibleShopContext>(CompiledAssembly.Of<RevertibleShopContext>()).MigrateAsync();
        await other.Manager<RevertibleShopContext>().MigrateAsync();

        Assert.That(await HistoryAsync(Shop), Is.EqualTo(await HistoryAsync(other)).And.Not.Empty);
    }

    [Test]
    public async Task A_way_back_over_a_migration_that_is_not_applied_is_EFs()
    {
        using var log = new RecordedLog();
        var manager = Manager<StepsContext>(CompiledAssembly.Of<StepsContext>(), log: log);
        await manager.MigrateAsync();
        Shop.Execute($"DELETE FROM __EFMigrationsHistory WHERE MigrationId = '{SecondStep.Version}'");

        await manager.RollbackToVersionAsync(FirstStep.Version);

        Assert.That(
            log.Lines.Single(line => line.Id.Id == MigratorEventIds.CompiledNotUsed).Text,
            Does.Contain("skips a migration that is not applied")
        );
        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"),
            Is.EqualTo(new[] { FirstStep.Version })
        );
        Assert.That(Shop.Column("SELECT name FROM sqlite_master WHERE name = 'third'"), Is.Empty);
    }

    [Test]
    public async Task A_way_back_goes_on_by_EF_from_a_changed_migration_on()
    {
        using var log = new RecordedLog();
        await Manager<StepsContext>(null).MigrateAsync();
        var assembly = CompiledAssembly.Of<StepsContext>(text => CompiledAssembly.Outdate(text, FirstStep.Version));

        var summary = await Manager<StepsContext>(assembly, log: log).RollbackToVersionAsync("0");

        Assert.That(
            log.Lines.Single(line => line.Id.Id == MigratorEventIds.CompiledNotUsed).Text,
            Does.Contain(FirstStep.Version)
        );
        Assert.That(summary.Databases.Single().Migrations.Select(m => m.Version).Last(), Is.EqualTo(FirstStep.Version));
        Assert.That(Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory"), Is.Empty);
        Assert.That(Shop.Column("SELECT name FROM sqlite_master WHERE name IN ('first', 'second', 'third')"), Is.Empty);
    }

    [Test]
    public void A_model_with_changes_that_no_migration_has_is_not_compiled()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => CompiledAssembly.Of<ChangedContext>());

        Assert.That(failure!.Message, Does.Contain(nameof(ChangedContext)).And.Contain("changes"));
    }

    private static async Task<IEnumerable<object>> HistoryAsync(Shop shop) =>
        (await shop.Manager<RevertibleShopContext>().GetHistoryAsync()).Select(line =>
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

    private IMigrationManager Manager<TContext>(
        CompiledAssembly? assembly,
        Action<MigrationOptions>? configure = null,
        RecordedLog? log = null,
        Action<DbContextOptionsBuilder>? configureContext = null
    )
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        if (log is not null)
        {
            services.AddLogging(logging => logging.AddProvider(log));
        }
        services
            .AddMigrator(configure)
            .AddSqliteDatabase<TContext>(
                "shop",
                $"Data Source={Shop.PathOf("shop")}",
                options => (options.MigrationsAssembly, options.ConfigureContext) = (assembly, configureContext)
            );
        return services.BuildServiceProvider().GetRequiredService<IMigrationManager>();
    }

    private sealed class OnProgress(Action<MigrationProgress> report) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => report(value);
    }

    private sealed class RecordedCommands : DbCommandInterceptor
    {
        public List<string> Texts { get; } = [];

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Texts.Add(command.CommandText);
            return new(result);
        }
    }
}
