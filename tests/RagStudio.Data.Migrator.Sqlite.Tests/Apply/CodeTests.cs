using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

[TestFixture(false)]
[TestFixture(true)]
public sealed class CodeTests(bool isCompiled) : ShopTest(isCompiled)
{
    [Test]
    public async Task Code_runs_in_the_transaction_of_its_migration_and_is_recorded()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var counted = new List<(bool IsReplay, long Orders)>();
        var before = new Code("count the orders", (c, _) => counted.Add((c.IsReplay, Count(c))));
        var after = new Code("shout", (c, _) => Execute(c, "UPDATE orders SET customer = upper(customer)"));
        var manager = Manager<ShopContext>(
            (CodeMoment.Before, TrimCustomers.Version, before),
            (CodeMoment.After, TrimCustomers.Version, after)
        );

        await manager.MigrateAsync();

        var history = await manager.GetHistoryAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                counted,
                Is.EqualTo(new[] { (false, 3L), (true, 0L) }),
                "the replay that checks the schema is told"
            );
            Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 2"), Is.EqualTo("CUSTOMER 2"));
            Assert.That(
                history.Take(3).Select(r => (r.Event, r.Name)),
                Is.EqualTo(
                    new (MigrationEvent, string?)[]
                    {
                        (MigrationEvent.Applied, "TrimCustomers"),
                        (MigrationEvent.CodeRun, "shout"),
                        (MigrationEvent.CodeRun, "count the orders"),
                    }
                )
            );
        });
    }

    [Test]
    public async Task A_function_that_code_registers_is_there_for_the_migrations_own_commands()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var register = new Code(
            "trim by our own rule",
            (c, _) => ((SqliteConnection)c.Connection).CreateFunction("trim", (string text) => "ours:" + text.Trim())
        );

        await Manager<ShopContext>((CodeMoment.Before, TrimCustomers.Version, register)).MigrateAsync();

        Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 2"), Is.EqualTo("ours:customer 2"));
    }

    [Test]
    public async Task Code_that_throws_undoes_the_whole_run()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var before = Shop.Dump();
        var broken = new Code(
            "broken",
            (c, _) =>
            {
                Execute(c, "DELETE FROM orders");
                throw new InvalidDataException("the rule does not know this customer");
            }
        );

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Manager<ShopContext>((CodeMoment.After, TrimCustomers.Version, broken)).MigrateAsync()
        );

        Assert.That(failure!.Version, Is.EqualTo(TrimCustomers.Version));
        Assert.That(failure.Message, Does.Contain("does not know this customer"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task Code_that_waits_too_long_is_told_by_its_token()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var before = Shop.Dump();
        var waiting = new Code("waiting", (_, token) => token.WaitHandle.WaitOne(TimeSpan.FromMinutes(5)));
        var manager = Manager<ShopContext>(
            options => options.MigrationTimeout = TimeSpan.FromMilliseconds(300),
            (CodeMoment.After, TrimCustomers.Version, waiting)
        );

        Assert.ThrowsAsync<MigrationTimeoutException>(() => manager.MigrateAsync());
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void Code_for_a_migration_that_does_not_exist_is_refused_by_name()
    {
        var failure = Assert.Throws<InvalidOperationException>(() =>
            Manager<ShopContext>((CodeMoment.Before, "20990101000000_Nothing", new Code("lost", (_, _) => { })))
        );

        Assert.That(failure!.Message, Does.Contain("20990101000000_Nothing"));
    }

    [Test]
    public async Task A_command_that_cannot_run_in_a_transaction_runs_outside_it()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);

        var summary = await Shop.Manager<VacuumingShopContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Scalar<string>("SELECT customer FROM orders WHERE id = 2"), Is.EqualTo("vacuumed"));
        Assert.That(
            Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1"),
            Is.EqualTo(new[] { CreateOrders.Version, Vacuum.Version })
        );
    }

    [Test]
    public async Task A_migration_may_state_its_own_limit()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<MigrationTimeoutException>(() =>
            Shop.Manager<HurriedShopContext>().MigrateAsync()
        );

        Assert.That(failure!.Limit, Is.EqualTo(TimeSpan.FromSeconds(0.15)));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    private IMigrationManager Manager<TContext>(params (CodeMoment Moment, string Version, IMigrationCode Code)[] code)
        where TContext : Microsoft.EntityFrameworkCore.DbContext => Manager<TContext>(null, code);

    private IMigrationManager Manager<TContext>(
        Action<MigrationOptions>? configure,
        params (CodeMoment Moment, string Version, IMigrationCode Code)[] code
    )
        where TContext : Microsoft.EntityFrameworkCore.DbContext
    {
        var services = new ServiceCollection();
        var migrator = services
            .AddMigrator(configure)
            .AddSqliteDatabase<TContext>(
                "shop",
                $"Data Source={Shop.PathOf("shop")}",
                options => options.MigrationsAssembly = IsCompiled ? CompiledAssembly.Of<TContext>() : null
            );
        foreach (var (moment, version, step) in code)
        {
            migrator.AddCode("shop", version, moment, _ => step);
        }
        return services.BuildServiceProvider().GetRequiredService<IMigrationManager>();
    }

    private static long Count(MigrationCodeContext context)
    {
        using var command = Command(context, "SELECT count(*) FROM orders");
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(MigrationCodeContext context, string sql)
    {
        using var command = Command(context, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(MigrationCodeContext context, string sql) =>
        new(sql, (SqliteConnection)context.Connection, (SqliteTransaction)context.Transaction);

    private sealed class Code(string name, Action<MigrationCodeContext, CancellationToken> run) : IMigrationCode
    {
        public string Name { get; } = name;

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            run(context, cancellationToken);
            return Task.CompletedTask;
        }
    }
}
