using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Statements that follow the commit and that nobody can repeat.</summary>
public sealed class UnrepeatableTests
{
    private const string Start = "SET statements = $2 || statements[2:]";
    private const string Statement = "ALTER TABLE sales DETACH PARTITION";
    private const string Finish = "SET statements = statements[2:]";
    private const string Attached = "pg_inherits WHERE inhparent = 'sales'::regclass";

    private ShopDatabase _shop = null!;

    [SetUp]
    public async Task Create_a_table_with_a_partition()
    {
        _shop = await ShopDatabase.CreateAsync();
        await _shop.Manager<PartitionedSales>().MigrateAsync();
    }

    [TearDown]
    public async Task Drop_it() => await (_shop?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task Without_consent_the_plan_and_the_run_are_refused_and_nothing_is_changed()
    {
        var plan = await _shop.Manager<DetachedSales>().PlanAsync();
        var refused = Assert.CatchAsync<PlanRefusedException>(() => _shop.Manager<DetachedSales>().MigrateAsync());
        await using var empty = await ShopDatabase.CreateAsync();
        var first = await empty.Manager<DetachedSales>().PlanAsync();
        var failed = Assert.CatchAsync<MigrationException>(() => empty.Manager<DetachedSales>().MigrateAsync());

        Assert.Multiple(async () =>
        {
            var finding = plan.Databases[0].Migrations.Single().Findings.Single(IsUnrepeatable);
            Assert.That(finding.Statement, Does.StartWith(Statement));
            Assert.That(
                finding.Detail,
                Does.Contain("after the commit").And.Contain("FINALIZE").And.Contain(Statement)
            );
            Assert.That(plan.Refusal, Is.EqualTo(refused!.Message));
            Assert.That(
                refused.Message,
                Does.Contain(DetachOld.Version).And.Contain("--allow-unrepeatable-statements")
            );
            Assert.That(first.Refusal, Does.Contain(Statement));
            Assert.That(failed!.Message, Does.Contain(Statement).And.Contain("AllowUnrepeatableStatements"));
            Assert.That(await _shop.AppliedAsync(), Is.EqualTo(new[] { CreatePartitions.Version }));
            Assert.That(await _shop.CountAsync(Attached), Is.EqualTo(1));
            Assert.That(await empty.TablesAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task A_run_that_commits_each_migration_needs_consent_too()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        var manager = shop.Manager<DetachedSales>(options: options => options.RollbackOnFailure = false);

        var failed = Assert.CatchAsync<MigrationException>(() => manager.MigrateAsync());

        Assert.That(failed!.Message, Does.Contain(Statement).And.Contain("AllowUnrepeatableStatements"));
        Assert.That(await shop.AppliedAsync(), Is.EqualTo(new[] { CreatePartitions.Version }));
        Assert.That(await shop.CountAsync(Attached), Is.EqualTo(1));
    }

    [Test]
    public async Task The_plan_of_a_rollback_foretells_it_and_the_rollback_is_refused_without_consent()
    {
        var manager = _shop.Manager<AttachedSales>();
        await manager.MigrateAsync();

        var plan = await manager.PlanRollbackAsync(CreatePartitions.Version);
        var refused = Assert.CatchAsync<MigrationException>(() =>
            manager.RollbackToVersionAsync(CreatePartitions.Version)
        );

        var finding = plan.Databases[0].Migrations.Single().Findings.Single(IsUnrepeatable);
        Assert.That(finding.Statement, Does.StartWith(Statement));
        Assert.That(finding.Detail, Does.Contain("FINALIZE"));
        Assert.That(refused!.Message, Does.Contain(Statement).And.Contain("AllowUnrepeatableStatements"));
        Assert.That(await _shop.CountAsync(Attached), Is.EqualTo(2));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task With_consent_it_follows_the_commit(bool mayCompare)
    {
        await _shop.Database.Server.ExecuteAsync(
            $"ALTER ROLE {_shop.Database.Owner.Name} {(mayCompare ? "" : "NO")}CREATEDB"
        );

        var plan = await Manager().PlanAsync();
        await Manager().MigrateAsync();

        Assert.That(plan.Refusal, Is.Null);
        Assert.That(plan.Databases[0].Migrations.Single().Findings.Count(IsUnrepeatable), Is.EqualTo(1));
        await DemandDoneAsync();
        var validated = await Services().GetRequiredService<DataValidator>().ValidateAsync();
        Assert.That(validated.Reports.SelectMany(report => report.Errors), Is.Empty);
    }

    [Test]
    public async Task A_kill_before_its_start_is_recorded_leaves_it_to_the_next_start()
    {
        await KillAtAsync(Start);
        Assert.That(await _shop.CountAsync("__migrator_runs WHERE statements[1] LIKE '%;0:ALTER%'"), Is.EqualTo(1));

        // It was consented to when the run was committed.
        await _shop.Manager<DetachedSales>().MigrateAsync();

        await DemandDoneAsync();
    }

    [Test]
    public async Task A_kill_in_it_refuses_every_start_until_somebody_says_to_execute_it_again()
    {
        await KillAtAsync(Statement);

        var id = await DemandRefusedAsync();
        await Manager(id, StatementOutcome.RunAgain).RecoverAsync();

        await DemandDoneAsync();
    }

    [Test]
    public async Task A_kill_after_it_refuses_every_start_until_somebody_says_that_it_was_done()
    {
        await KillAtAsync(Finish);
        Assert.That(await _shop.CountAsync(Attached), Is.Zero);

        var id = await DemandRefusedAsync();
        await Manager(id, StatementOutcome.Done).RecoverAsync();

        await DemandDoneAsync();
    }

    [Test]
    public async Task A_failure_tells_how_to_settle_it_and_an_answer_holds_for_one_start_only()
    {
        await _shop.Database.ExecuteAsync("ALTER TABLE sales DETACH PARTITION sales_old");
        await _shop.Database.ExecuteAsync(
            "INSERT INTO __migrator_runs (run_id, statements) VALUES ('0a1b2c3d4e5f', ARRAY['0;1:ALTER TABLE sales DETACH PARTITION sales_old CONCURRENTLY'])"
        );
        var id = await DemandRefusedAsync();

        var failed = Assert.CatchAsync<DatabaseAccessException>(() =>
            Manager(id, StatementOutcome.RunAgain).RecoverAsync()
        );
        var refused = Assert.CatchAsync<DatabaseAccessException>(() =>
            Manager(id, StatementOutcome.RunAgain).RecoverAsync()
        );

        Assert.That(id, Is.EqualTo("0a1b2c3d4e5f_1_1"));
        Assert.That(failed!.Message, Does.Contain("0a1b2c3d4e5f_1_2").And.Contain("42P01"));
        Assert.That(refused!.Message, Does.Contain("0a1b2c3d4e5f_1_2").And.Contain("not known"));
    }

    private static bool IsUnrepeatable(PlanFinding finding) => finding.Kind == PlanFindingKind.UnrepeatableStatement;

    private IServiceProvider Services(string? id = null, StatementOutcome outcome = default) =>
        _shop.Services(
            migrator => migrator.AddPostgreSqlDatabase<DetachedSales>("shop", _shop.Database.ConnectionString),
            options =>
            {
                options.AllowUnrepeatableStatements = true;
                if (id is not null)
                {
                    options.StatementOutcomes[id] = outcome;
                }
            }
        );

    private IMigrationManager Manager(string? id = null, StatementOutcome outcome = default) =>
        Services(id, outcome).GetRequiredService<IMigrationManager>();

    private async Task KillAtAsync(string statement)
    {
        await using var proxy = new CuttingProxy(_shop.Database.Server);
        var held = proxy.On(text => text.Contains(statement, StringComparison.Ordinal), Fault.Hold);
        using var host = await HostProcess.StartAsync(
            HostRelease.Detaching,
            proxy.Through(_shop.Database.ConnectionString)
        );
        await held.HappenedAsync();
        await host.KillAsync();
    }

    /// <returns>The id of the started statement.</returns>
    private async Task<string> DemandRefusedAsync()
    {
        var refused = Assert.CatchAsync<DatabaseAccessException>(() => Manager().MigrateAsync());
        Assert.That(refused!.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(refused.Message, Does.Contain(Statement).And.Contain("--statement-done"));
        var status = await Manager().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Interrupted));
        return Regex.Match(refused.Message, "--statement-again (\\w+)").Groups[1].Value;
    }

    private async Task DemandDoneAsync()
    {
        Assert.That(await _shop.CountAsync(Attached), Is.Zero);
        Assert.That(await _shop.CountAsync("sales_old"), Is.EqualTo(3));
        Assert.That(await _shop.CountAsync("__migrator_runs WHERE statements <> '{}'"), Is.Zero);
        Assert.That((await Manager().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }
}
