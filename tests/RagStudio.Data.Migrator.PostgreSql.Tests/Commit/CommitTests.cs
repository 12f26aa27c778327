using System.Diagnostics;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class CommitTests
{
    [TestCase(Fault.CutBeforeAnswer, true)]
    [TestCase(Fault.CutAfterForwarding, true)]
    [TestCase(Fault.HalfOpenAfterForwarding, true)]
    [TestCase(Fault.CutBeforeForwarding, false)]
    [TestCase(Fault.HalfOpenBeforeForwarding, false)]
    [Category(Figure.Category)]
    public async Task The_verdict_is_right_when_the_answer_to_COMMIT_is_lost(Fault fault, bool isCommitted)
    {
        await using var old = await ShopDatabase.CreateAsync();
        await old.Manager<FirstShop>().MigrateAsync();
        var (verdicts, longest) = (0, new Longest());

        await Rounds.EachAsync(
            1,
            20,
            async () =>
            {
                await using var shop = await old.CopyAsync();
                await using var proxy = new CuttingProxy(shop.Database.Server);
                var cut = proxy.OnCommit(fault);

                var failure = await longest.OfAsync(RunAsync(Manager(shop, proxy, TimeSpan.FromSeconds(1))));

                await cut.HappenedAsync();
                await DemandAsync(shop, failure, isCommitted);
                Interlocked.Increment(ref verdicts);
            }
        );
        Figure.Print($"{fault} at COMMIT: {verdicts} verdicts right; the longest run {longest.Seconds:0.0} s");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_verdict_is_right_when_the_server_is_away_for_a_while(bool isCommitted)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var shop = await ShopDatabase.CreateAsync(server);
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var proxy = new CuttingProxy(server);
        var lost = proxy.OnCommit(isCommitted ? Fault.HalfOpenAfterForwarding : Fault.HalfOpenBeforeForwarding);

        var run = RunAsync(Manager(shop, proxy, TimeSpan.FromSeconds(5)));
        await lost.HappenedAsync();
        if (isCommitted)
        {
            await Condition.HoldsAsync("it is committed", async () => (await shop.AppliedAsync()).Length == 2);
        }
        await server.KillAsync();
        await proxy.ResetAsync();
        var away = Stopwatch.StartNew();
        await Condition.HoldsAsync("some seconds pass", () => away.Elapsed.TotalSeconds >= 3);
        await server.StartAgainAsync();

        await DemandAsync(shop, await run, isCommitted);
    }

    [Test]
    public async Task A_server_that_never_comes_back_leaves_it_unknown_and_the_next_start_knows()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var shop = await ShopDatabase.CreateAsync(server);
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var proxy = new CuttingProxy(server);
        var held = proxy.OnCommit(Fault.Hold);

        var run = RunAsync(Manager(shop, proxy, TimeSpan.FromSeconds(1)));
        await held.HappenedAsync();
        await server.KillAsync();
        var failure = await run;

        Assert.That(failure, Is.TypeOf<CommitUnknownException>());
        Assert.That(((MigrationException)failure!).DataState, Is.EqualTo(DataState.Unknown));
        Assert.That(
            failure.Message,
            Does.Contain("the next start will know").And.Not.Contain(shop.Database.Owner.Password)
        );
        await server.StartAgainAsync();
        await DemandNextStartAsync(shop);
    }

    [Test]
    public async Task A_run_that_lost_its_server_before_the_commit_has_changed_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var shop = await ShopDatabase.CreateAsync(server);
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var proxy = new CuttingProxy(server);
        var held = proxy.On(statement => statement.StartsWith("UPDATE orders", StringComparison.Ordinal), Fault.Hold);

        var run = RunAsync(Manager(shop, proxy, TimeSpan.FromSeconds(1)));
        await held.HappenedAsync();
        await server.KillAsync();
        held.Release();
        var failure = await run;

        Assert.That(((MigrationException)failure!).DataState, Is.EqualTo(DataState.Restored), failure.ToString());
        await server.StartAgainAsync();
        Assert.That(await shop.AppliedAsync(), Has.Length.EqualTo(1));
        await DemandNextStartAsync(shop);
    }

    private static IMigrationManager Manager(ShopDatabase shop, CuttingProxy proxy, TimeSpan timeout) =>
        shop.Manager<SecondShop>(
            // The driver's request to cancel gets no answer either; that patience comes on top.
            proxy.Through(shop.Database.ConnectionString) + ";Cancellation Timeout=500",
            database: options => options.CommitTimeout = timeout
        );

    private static async Task DemandAsync(ShopDatabase shop, Exception? failure, bool isCommitted)
    {
        Assert.That(failure is null, Is.EqualTo(isCommitted), failure?.ToString());
        Assert.That(await shop.AppliedAsync(), Has.Length.EqualTo(isCommitted ? 2 : 1));
        if (failure is not null)
        {
            Assert.That(
                ((MigrationException)failure).DataState,
                Is.EqualTo(DataState.Restored).Or.EqualTo(DataState.Unchanged)
            );
            Assert.That(await shop.CountAsync("__migrator_history WHERE event = 'Applied'"), Is.EqualTo(1));
        }
        Assert.That(await ShopPair.LocksAsync(shop), Is.Zero);
        await DemandNextStartAsync(shop);
    }

    private static async Task DemandNextStartAsync(ShopDatabase shop)
    {
        await shop.Manager<SecondShop>().MigrateAsync();
        Assert.That(await shop.AppliedAsync(), Has.Length.EqualTo(2));
        Assert.That(await shop.CountAsync("orders WHERE total = 1"), Is.EqualTo(10), "it ran once");
        Assert.That(await shop.CountAsync("__migrator_history WHERE event = 'Applied'"), Is.EqualTo(2));
    }

    private static async Task<Exception?> RunAsync(IMigrationManager manager)
    {
        try
        {
            await manager.MigrateAsync();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
