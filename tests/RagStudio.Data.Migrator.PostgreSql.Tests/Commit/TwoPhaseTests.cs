using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Two databases of one server, whose run is killed at each border of their commit.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TwoPhaseTests
{
    /// <summary>Statements of the first database's session and of the second's, before or after which the run is killed.</summary>
    private static readonly object[][] Borders =
    [
        ["first", "BEGIN", true, false],
        ["second", "PREPARE TRANSACTION", true, false],
        ["second", "PREPARE TRANSACTION", false, false],
        ["first", "COMMIT", true, false],
        ["first", "COMMIT", false, true],
        ["second", "COMMIT PREPARED", true, true],
        ["second", "COMMIT PREPARED", false, true],
    ];

    private ShopPair _old = null!;

    [OneTimeSetUp]
    public async Task Create_what_is_copied() => _old = await ShopPair.CreateAsync();

    [OneTimeTearDown]
    public async Task Drop_it() => await (_old?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCaseSource(nameof(Borders)), Category(Figure.Category)]
    public async Task A_kill_leaves_both_or_none(string database, string statement, bool isBefore, bool isCommitted)
    {
        var (rounds, longest) = (0, new Longest());

        await Rounds.EachAsync(
            1,
            20,
            async () =>
            {
                await using var pair = await _old.CopyAsync();
                await KillAtAsync(pair, database, statement, isBefore);

                _ = await longest.OfAsync(pair.Manager(HostRelease.New).RecoverAsync());

                Assert.That(longest.Time, Is.LessThan(Rounds.Resolving));
                Assert.That(await pair.IsMigratedAsync(), Is.EqualTo(isCommitted));
                Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.Zero);
                await pair.Manager(HostRelease.New).MigrateAsync();
                await pair.DemandWholeAsync();
                Interlocked.Increment(ref rounds);
            }
        );
        Figure.Print(
            $"killed {(isBefore ? "before" : "after")} {statement} of the {database}: {rounds} times {(isCommitted ? "both" : "none")}; resolved in at most {longest.Seconds:0.00} s"
        );
    }

    [TestCase(Fault.CutBeforeAnswer)]
    [TestCase(Fault.CutAfterForwarding)]
    [TestCase(Fault.CutBeforeForwarding)]
    [TestCase(Fault.HalfOpenBeforeForwarding)]
    public async Task A_run_that_loses_the_answer_to_COMMIT_PREPARED_succeeds(Fault fault)
    {
        await using var pair = await ShopPair.CreateAsync();
        await using var proxy = new CuttingProxy(pair.Second.Database.Server);
        var cut = proxy.On(Begins("COMMIT PREPARED"), fault);

        await ManagerOf(pair, proxy).MigrateAsync();

        await cut.HappenedAsync();
        await pair.DemandWholeAsync();
    }

    [TestCase(Fault.CutBeforeAnswer)]
    [TestCase(Fault.CutBeforeForwarding)]
    public async Task A_run_that_loses_the_answer_to_PREPARE_is_rolled_back_everywhere(Fault fault)
    {
        await using var pair = await ShopPair.CreateAsync();
        await using var proxy = new CuttingProxy(pair.Second.Database.Server);
        _ = proxy.On(Begins("PREPARE TRANSACTION"), fault);

        var failed = Assert.CatchAsync<MigrationException>(() => ManagerOf(pair, proxy).MigrateAsync());

        Assert.That(failed!.DataState, Is.EqualTo(DataState.Restored), failed.ToString());
        Assert.That(await pair.IsMigratedAsync(), Is.False);
        Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.Zero);
        await pair.Manager(HostRelease.New).MigrateAsync();
        await pair.DemandWholeAsync();
    }

    [TestCase("COMMIT PREPARED", true)]
    [TestCase("COMMIT", false)]
    public async Task The_second_alone_asks_the_first(string statement, bool isCommitted)
    {
        await using var pair = await ShopPair.CreateAsync();
        await KillAtAsync(pair, isCommitted ? "second" : "first", statement, isBefore: true);
        var second = pair.Second.Manager<NewStock>(pair.Second.Database.SuperuserConnectionString);
        Assert.That((await second.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Interrupted));

        await second.RecoverAsync();

        Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.Zero);
        Assert.That(await pair.IsMigratedAsync(), Is.EqualTo(isCommitted));
    }

    [Test]
    public async Task The_first_alone_leaves_the_second_to_its_next_start_which_status_tells()
    {
        await using var pair = await ShopPair.CreateAsync();
        await KillAtAsync(pair, "second", "COMMIT PREPARED", isBefore: true);

        await pair.First.Manager<NewOrders>().MigrateAsync();

        Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.EqualTo(1));
        var status = await pair.Second.Manager<NewStock>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Interrupted));
        await pair.Manager(HostRelease.New).MigrateAsync();
        await pair.DemandWholeAsync();
    }

    [Test]
    public async Task A_role_that_may_not_ask_the_first_is_refused_with_what_to_do()
    {
        await using var pair = await ShopPair.CreateAsync();
        await KillAtAsync(pair, "second", "COMMIT PREPARED", isBefore: true);

        var refused = Assert.ThrowsAsync<DatabaseAccessException>(() => pair.Second.Manager<NewStock>().MigrateAsync());

        Assert.That(refused!.Message, Does.Contain("Start the program that migrates both databases"));
        Assert.That(await ShopPair.PreparedAsync(pair.Second), Is.EqualTo(1));
        await pair.Manager(HostRelease.New).MigrateAsync();
        await pair.DemandWholeAsync();
    }

    [Test]
    public async Task Without_prepared_transactions_a_kill_between_the_commits_goes_forward()
    {
        await using var server = await PostgresServer.StartAsync(new() { MaxPreparedTransactions = 0 });
        await using var pair = await ShopPair.CreateAsync(server);
        await KillAtAsync(pair, "second", "COMMIT", isBefore: true);
        Assert.That(await pair.First.AppliedAsync(), Has.Length.EqualTo(3));
        Assert.That(await pair.Second.AppliedAsync(), Has.Length.EqualTo(1));

        await pair.Manager(HostRelease.New).MigrateAsync();

        await pair.DemandWholeAsync();
    }

    [Test]
    public async Task Databases_of_a_cluster_and_of_its_copy_are_not_committed_in_two_phases()
    {
        await using var one = await PostgresServer.StartAsync();
        await using var other = await PostgresServer.StartAsync();
        const string System = "SELECT system_identifier::text FROM pg_control_system()";
        Assert.That(await one.ScalarAsync<string>(System), Is.EqualTo(await other.ScalarAsync<string>(System)));
        await using var pair = await ShopPair.CreateAsync(one, other);
        await using var proxy = new CuttingProxy(other);

        await ManagerOf(pair, proxy).MigrateAsync();

        Assert.That(proxy.Statements, Has.None.StartsWith("PREPARE TRANSACTION"));
        await pair.DemandWholeAsync();
    }

    [Test]
    public async Task Contexts_of_one_database_are_committed_by_one_COMMIT()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        var connectionString = proxy.Through(shop.Database.ConnectionString);

        await shop.Manager(migrator =>
            {
                migrator.AddPostgreSqlDatabase<SalesContext>("sales", connectionString);
                migrator.AddPostgreSqlDatabase<DepotContext>("depot", connectionString);
            })
            .MigrateAsync();

        Assert.That(proxy.Statements.Count(CuttingProxy.IsCommit), Is.EqualTo(1));
        Assert.That(await shop.CountAsync("__migrator_runs"), Is.EqualTo(1));
    }

    /// <summary>Kills the program as it comes to a statement, or when the server has executed it.</summary>
    private static async Task KillAtAsync(ShopPair pair, string database, string statement, bool isBefore)
    {
        await using var first = new CuttingProxy(pair.First.Database.Server);
        await using var second = new CuttingProxy(pair.Second.Database.Server);
        var at = (database == "first" ? first : second).On(
            statement == "COMMIT" ? CuttingProxy.IsCommit : Begins(statement),
            isBefore ? Fault.Hold : Fault.HalfOpenAfterForwarding
        );
        using var host = await HostProcess.StartAsync(
            HostRelease.New,
            first.Through(pair.First.Database.ConnectionString),
            second.Through(pair.Second.Database.ConnectionString)
        );
        await at.HappenedAsync();
        if (!isBefore)
        {
            var shop = database == "first" ? pair.First : pair.Second;
            await Condition.HoldsAsync(
                $"{statement} is executed",
                async () =>
                    statement == "PREPARE TRANSACTION"
                        ? await ShopPair.PreparedAsync(shop) == 1
                        : (await shop.AppliedAsync()).Length > 1
            );
        }
        await host.KillAsync();
    }

    private static Predicate<string> Begins(string statement) =>
        text => text.StartsWith(statement, StringComparison.Ordinal);

    private static IMigrationManager ManagerOf(ShopPair pair, CuttingProxy second) =>
        pair.Manager(
            HostRelease.New,
            pair.First.Database.ConnectionString,
            second.Through(pair.Second.Database.ConnectionString),
            options => options.CommitTimeout = TimeSpan.FromSeconds(2)
        );
}
