using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Hosting;

internal sealed class StartupPolicyTests : FakeSetTest
{
    [Test]
    public async Task VerifyOnly_lets_databases_that_are_up_to_date_start()
    {
        await using var services = Use(StartupPolicy.VerifyOnly, Set.Database("shop"), Set.Database("archive"));

        await StartAsync(services);

        Assert.That(StateOf(services).Status, Is.EqualTo(MigrationRunStatus.Succeeded));
    }

    [Test]
    public async Task VerifyOnly_fails_the_start_with_what_is_pending_and_changes_nothing()
    {
        await using var services = Use(StartupPolicy.VerifyOnly, Succeeding);

        var failure = Assert.ThrowsAsync<NotUpToDateException>(() => StartAsync(services))!;

        Assert.Multiple(() =>
        {
            Assert.That(failure.Status.Verdict, Is.EqualTo(MigrationVerdict.Pending));
            Assert.That(failure.Message, Does.Contain("'shop' (1 pending: 2)").And.Contain("Nothing was changed."));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
            Assert.That(StateOf(services).Failure, Is.SameAs(failure));
            Assert.That(Calls.Log, Has.None.StartsWith("open"));
        });
        AssertNothingHasChanged();
    }

    [TestCase(StartupPolicy.VerifyOnly)]
    [TestCase(StartupPolicy.Wait)]
    public async Task A_newer_database_fails_the_start_at_once_and_is_named(StartupPolicy policy)
    {
        await Set.Manager(Succeeding).MigrateAsync();
        await using var services = Use(policy, Set.Database("shop"), Set.Database("archive"));

        var failure = Assert.ThrowsAsync<NotUpToDateException>(() => StartAsync(services))!;

        Assert.That(failure.Status.Verdict, Is.EqualTo(MigrationVerdict.Newer));
        Assert.That(failure.Message, Does.Contain("'shop' (1 unknown: 2)"));
        Assert.That(failure.Waited, Is.Null);
    }

    [Test]
    public async Task VerifyOnly_names_what_has_drifted()
    {
        var content = Set.Storage("shop").Read();
        content.Tables.Remove("rows");
        Set.Storage("shop").Write(content);
        await using var services = Use(StartupPolicy.VerifyOnly, Set.Database("shop"), Set.Database("archive"));

        var failure = Assert.ThrowsAsync<NotUpToDateException>(() => StartAsync(services))!;

        Assert.That(failure.Status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
        Assert.That(failure.Message, Does.Contain("'shop'").And.Contain("rows"));
    }

    [Test]
    public async Task Wait_goes_on_as_soon_as_another_process_has_migrated()
    {
        await using var services = Use(StartupPolicy.Wait, Succeeding);
        var start = StartAsync(services);
        Assert.That(start.IsCompleted, Is.False);
        Assert.That(StateOf(services).Status, Is.EqualTo(MigrationRunStatus.Running));

        await Set.Manager(Succeeding).MigrateAsync();
        await PassAsync(start, TimeSpan.FromMilliseconds(100));

        Assert.That(StateOf(services).Status, Is.EqualTo(MigrationRunStatus.Succeeded));
    }

    [Test]
    public async Task Wait_fails_the_start_when_nobody_has_migrated_in_time()
    {
        await using var services = Use(StartupPolicy.Wait, Succeeding);
        var start = StartAsync(services);

        var failure = Assert.ThrowsAsync<NotUpToDateException>(() => PassAsync(start, TimeSpan.FromSeconds(10)))!;

        Assert.That(failure.Waited, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(failure.Message, Does.Contain("No other process has migrated").And.Contain("'archive'"));
        AssertNothingHasChanged();
    }

    [Test]
    public async Task Wait_fails_the_start_with_who_holds_a_database_when_it_did_not_let_go_in_time()
    {
        await using var services = Use(StartupPolicy.Wait, Succeeding);
        await using var held = await Set.Storage("shop")
            .OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, default);
        var start = StartAsync(services);

        Assert.ThrowsAsync<DatabaseLockedException>(() => PassAsync(start, TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task A_start_that_waits_can_be_cancelled()
    {
        await using var services = Use(StartupPolicy.Wait, Succeeding);
        using var source = new CancellationTokenSource();
        var start = StartAsync(services, source.Token);

        await source.CancelAsync();

        Assert.CatchAsync<OperationCanceledException>(() => start);
    }

    [TestCase(true, StartupPolicy.Skip)]
    [TestCase(false, StartupPolicy.Migrate)]
    [TestCase(false, StartupPolicy.VerifyOnly)]
    public async Task Nothing_is_done_by_Skip_nor_without_AutoMigrateOnStartup(bool auto, StartupPolicy policy)
    {
        await using var services = Use(policy, auto, Succeeding);

        await StartAsync(services);

        AssertNothingHasChanged();
        Assert.That(StateOf(services).Status, Is.EqualTo(MigrationRunStatus.NotStarted));
    }

    [Test]
    public async Task Two_hosts_that_start_at_once_both_come_up_and_one_migrates()
    {
        var runs = 0;
        var count = AddTwo with
        {
            Up = (content, token) =>
            {
                Interlocked.Increment(ref runs);
                return AddTwo.Up(content, token);
            },
        };
        FakeDatabase[] databases = [Set.Database("shop", count), Set.Database("archive", AddTwo)];
        await using var first = Use(StartupPolicy.Migrate, databases);
        await using var second = Use(StartupPolicy.Migrate, databases);

        await Task.WhenAll(StartAsync(first), StartAsync(second));

        Assert.That(runs, Is.EqualTo(1));
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
    }

    private ServiceProvider Use(StartupPolicy policy, params FakeDatabase[] databases) => Use(policy, true, databases);

    private ServiceProvider Use(StartupPolicy policy, bool auto, params FakeDatabase[] databases) =>
        Set.Services(
            options => (options.StartupPolicy, options.AutoMigrateOnStartup) = (policy, auto),
            services => services.AddMigrator().MigrateOnStartup(),
            databases
        );

    private static Task StartAsync(IServiceProvider services, CancellationToken cancellationToken = default) =>
        services
            .GetServices<IHostedService>()
            .OfType<IHostedLifecycleService>()
            .Single()
            .StartingAsync(cancellationToken);

    private static MigrationRunState StateOf(IServiceProvider services) =>
        services.GetRequiredService<IMigrationMonitor>().Current;

    /// <summary>Advances the time until the start has ended.</summary>
    private async Task PassAsync(Task start, TimeSpan step)
    {
        while (!start.IsCompleted)
        {
            Set.Time.Advance(step);
            await Task.WhenAny(start, Task.Delay(5));
        }
        await start;
    }
}
