using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

public sealed class ReplayTests : ShopTest
{
    [Test]
    public async Task ReplayAsync_needs_no_prefix_of_the_migrations()
    {
        var schema = await ReplayAsync<ShopContext>([CreateOrders.Version, RequireCustomer.Version]);

        Assert.That(schema.Find("orders")!.Find("customer")!.IsNullable, Is.False);
    }

    [Test]
    public async Task ReplayAsync_runs_the_code_of_a_migration_with_the_functions_that_it_registers()
    {
        var calls = new List<string>();
        var code = new ReplayCode(context =>
        {
            calls.Add($"{context.Version} {context.IsReplay}");
            Assert.That(context.TimeLeft, Is.GreaterThan(TimeSpan.FromMinutes(1)));
            ((SqliteConnection)context.Connection).CreateFunction("our_own", (long value) => value + 1);
        });

        var schema = await ReplayAsync<FunctionContext>(
            [CallFunction.Version],
            (version, moment) => moment == CodeMoment.Before ? [code] : []
        );

        Assert.That(schema.Tables.Select(table => table.Name), Is.EqualTo(new[] { "numbers" }));
        Assert.That(calls, Is.EqualTo(new[] { $"{CallFunction.Version} True" }));
    }

    [Test]
    public async Task ReplayAsync_runs_the_code_after_a_migration_in_its_transaction()
    {
        var code = new ReplayCode(context =>
        {
            using var command = (SqliteCommand)context.Connection.CreateCommand();
            command.Transaction = (SqliteTransaction)context.Transaction;
            command.CommandText = "CREATE TABLE made_by_code (id INT)";
            command.ExecuteNonQuery();
        });

        var schema = await ReplayAsync<FirstShopContext>(
            [CreateOrders.Version],
            (_, moment) => moment == CodeMoment.After ? [code] : []
        );

        Assert.That(schema.Find("made_by_code"), Is.Not.Null);
    }

    [Test]
    public async Task ReplayAsync_runs_what_cannot_run_within_a_transaction()
    {
        var schema = await ReplayAsync<VacuumingShopContext>([CreateOrders.Version, Vacuum.Version]);

        Assert.That(schema.Tables, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ReplayAsync_seeds_nothing_and_needs_no_file()
    {
        var seeded = false;

        var database = Database<FirstShopContext>(options =>
            options.ConfigureContext = builder => builder.UseSeeding((_, _) => seeded = true)
        );
        await database.ReplayAsync([CreateOrders.Version], null, DatabaseSchema.Empty, (_, _) => [], default);

        Assert.That(seeded, Is.False);
        Assert.That(Shop.Files(), Is.Empty);
    }

    [Test]
    public void ReplayAsync_says_what_failed()
    {
        var failure = Assert.ThrowsAsync<SqliteException>(() => ReplayAsync<FunctionContext>([CallFunction.Version]));

        Assert.That(failure!.Message, Does.Contain("our_own"));
    }

    [Test, CancelAfter(60_000)]
    public void ReplayAsync_is_interrupted_within_a_statement()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        Assert.CatchAsync<OperationCanceledException>(() =>
            Database<ForeverContext>()
                .ReplayAsync([SelectForever.Version], null, DatabaseSchema.Empty, (_, _) => [], source.Token)
        );

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_replay_that_takes_too_long_ends_the_validation_in_a_timeout()
    {
        Shop.Execute(
            $"""
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('{SelectForever.Version}', '10.0.15');
            """
        );
        var services = new ServiceCollection();
        services
            .AddMigrator(options => options.ValidationTimeout = TimeSpan.FromSeconds(1))
            .AddSqliteDatabase<ForeverContext>("shop", $"Data Source={Shop.PathOf("shop")}");
        await using var provider = services.BuildServiceProvider();

        Assert.ThrowsAsync<TimeoutException>(() => provider.GetRequiredService<DataValidator>().ValidateAsync());
    }

    [Test]
    public void Script_gives_the_SQL_of_each_migration_that_is_asked_for()
    {
        var scripts = Database<ShopContext>().Script([CreateOrders.Version, RequireCustomer.Version]);

        Assert.Multiple(() =>
        {
            Assert.That(scripts.Keys, Is.EqualTo(new[] { CreateOrders.Version, RequireCustomer.Version }));
            Assert.That(
                scripts[CreateOrders.Version],
                Does.Contain("CREATE TABLE \"orders\"").And.Contain("CREATE TABLE \"order_lines\"")
            );
            Assert.That(
                scripts[RequireCustomer.Version],
                Does.Contain("ef_temp_orders").And.Contain("RENAME TO \"orders\"")
            );
            Assert.That(scripts[RequireCustomer.Version], Does.Not.Contain("__EFMigrationsHistory"));
            Assert.That(Shop.Files(), Is.Empty);
        });
    }

    private Task<DatabaseSchema> ReplayAsync<TContext>(
        IReadOnlyList<string> applied,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>>? codeFor = null
    )
        where TContext : DbContext =>
        Database<TContext>().ReplayAsync(applied, null, DatabaseSchema.Empty, codeFor ?? ((_, _) => []), default);

    private IMigrationDatabase Database<TContext>(Action<SqliteDatabaseOptions>? configure = null)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddMigrator().AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")}", configure);
        return services.BuildServiceProvider().GetRequiredService<IMigrationDatabase>();
    }

    private sealed class ReplayCode(Action<MigrationCodeContext> act) : IMigrationCode
    {
        public string Name => "replay";

        public Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            act(context);
            return Task.CompletedTask;
        }
    }
}

public sealed class FunctionContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(FunctionContext)), Migration(Version)]
public sealed class CallFunction : Migration
{
    public const string Version = "20250101000000_CallFunction";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE numbers (n INT); INSERT INTO numbers SELECT our_own(1);");
}

public sealed class ForeverContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(ForeverContext)), Migration(Version)]
public sealed class SelectForever : Migration
{
    public const string Version = "20250101000000_SelectForever";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n"
        );
}
