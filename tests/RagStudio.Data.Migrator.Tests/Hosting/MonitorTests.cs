using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Tests.Hosting;

internal sealed class MonitorTests : FakeSetTest
{
    private ObservedProgress _early = null!;
    private ObservedProgress _registered = null!;
    private ServiceProvider _services = null!;

    private IMigrationMonitor Monitor => _services.GetRequiredService<IMigrationMonitor>();

    private IMigrationManager Manager => _services.GetRequiredService<IMigrationManager>();

    [SetUp]
    public void CreateObservers() => (_early, _registered) = (new ObservedProgress(), new ObservedProgress());

    [TearDown]
    public ValueTask DisposeServices() => _services.DisposeAsync();

    [Test]
    public async Task A_run_is_told_from_its_first_phase_to_its_end()
    {
        Use(Succeeding);
        Monitor.Subscribe(_early);
        var before = Monitor.Current;

        await Manager.MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new MigrationRunState(MigrationRunStatus.NotStarted)));
            Assert.That(Monitor.Current.Status, Is.EqualTo(MigrationRunStatus.Succeeded));
            Assert.That(Monitor.Current.Activity, Is.EqualTo(RunActivity.Migrate));
            Assert.That(_early.Values[0].Phase, Is.EqualTo(MigrationPhase.Lock));
            Assert.That(_early.Values.Any(v => v is { Version: "2", Completed: 1, Total: 1, Database: "archive" }));
            Assert.That(_early.Ends, Is.EqualTo(new[] { "completed" }));
            Assert.That(_registered.Values, Is.EqualTo(_early.Values));
        });
    }

    [Test]
    public async Task The_migrations_are_counted_over_all_databases_of_the_set()
    {
        Use(Succeeding);
        Monitor.Subscribe(_early);

        await Manager.MigrateAsync();

        var applying = _early.Values.Where(value => value.Phase == MigrationPhase.Apply).ToArray();
        var others = _early.Values.Where(value => value.Phase != MigrationPhase.Apply);
        Assert.Multiple(() =>
        {
            Assert.That(applying.Select(value => value.SetTotal), Is.All.EqualTo(Succeeding.Length));
            Assert.That(applying.Select(value => value.SetCompleted), Is.Ordered);
            Assert.That(applying[0].SetCompleted, Is.Zero);
            Assert.That(applying[^1].SetCompleted, Is.EqualTo(Succeeding.Length));
            Assert.That(others.Select(value => (value.SetCompleted, value.SetTotal)), Is.All.EqualTo((0, 0)));
        });
    }

    [Test]
    public void A_failure_reaches_the_observers_as_the_caller_gets_it()
    {
        Use(FailingSecond);
        Monitor.Subscribe(_early);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => Manager.MigrateAsync());

        Assert.That(_early.Ends, Is.EqualTo(new[] { failure }));
        Assert.That(Monitor.Current.Status, Is.EqualTo(MigrationRunStatus.Failed));
        Assert.That(Monitor.Current.Failure, Is.SameAs(failure));
        AssertNothingHasChanged();
    }

    [Test]
    public async Task Who_subscribes_during_a_run_gets_the_latest_value_and_what_follows()
    {
        var late = new ObservedProgress();
        MigrationRunState? state = null;
        Use(
            Set.Database("shop", AddTwo),
            Set.Database(
                "archive",
                FakeMigration.Of(
                    "2",
                    _ =>
                    {
                        state = Monitor.Current;
                        Monitor.Subscribe(late);
                    }
                )
            )
        );

        await Manager.MigrateAsync();

        Assert.That(state!.Status, Is.EqualTo(MigrationRunStatus.Running));
        Assert.That(late.Values[0], Is.EqualTo(state.Latest));
        Assert.That(late.Values[0].Database, Is.EqualTo("archive"));
        Assert.That(late.Values[^1].Phase, Is.EqualTo(MigrationPhase.Record));
        Assert.That(late.Ends, Is.EqualTo(new[] { "completed" }));
    }

    [Test]
    public void Who_subscribes_after_a_run_gets_its_latest_value_and_its_end()
    {
        Use(FailingSecond);
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => Manager.MigrateAsync());

        Monitor.Subscribe(_early);

        Assert.That(_early.Values, Is.EqualTo(new[] { Monitor.Current.Latest }));
        Assert.That(_early.Ends, Is.EqualTo(new[] { failure }));
    }

    [Test]
    public async Task A_run_that_finds_nothing_to_do_ends_too_and_leaves_an_earlier_failure_behind()
    {
        Use(Set.Database("shop", AddTwo), Set.Database("archive", FailTwo));
        Assert.ThrowsAsync<MigrationFailedException>(() => Manager.MigrateAsync());
        await Set.Manager(Succeeding).MigrateAsync();

        await Manager.MigrateAsync();

        Monitor.Subscribe(_early);
        Assert.That(
            Monitor.Current,
            Is.EqualTo(new MigrationRunState(MigrationRunStatus.Succeeded, RunActivity.Migrate))
        );
        Assert.That(_early.Values, Is.Empty);
        Assert.That(_early.Ends, Is.EqualTo(new[] { "completed" }));
    }

    [Test]
    public async Task Every_run_is_told_and_not_only_a_migration()
    {
        Use(Succeeding);
        await Manager.Backups.CreateAsync();
        var backUp = Monitor.Current;

        Assert.ThrowsAsync<BackupNotFoundException>(() => Manager.RestoreAsync("none"));

        Assert.That(backUp.Activity, Is.EqualTo(RunActivity.BackUp));
        Assert.That(Monitor.Current.Activity, Is.EqualTo(RunActivity.Restore));
        Assert.That(Monitor.Current.Failure, Is.InstanceOf<BackupNotFoundException>());
    }

    [Test]
    public async Task An_observer_or_a_progress_that_throws_does_no_harm_to_the_run()
    {
        _services = Set.Services(
            _ => { },
            services => services.AddSingleton<IProgress<MigrationProgress>>(new Broken()),
            Succeeding
        );
        Monitor.Subscribe(new Broken());
        Monitor.Subscribe(_early);

        var summary = await Manager.MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
        Assert.That(_early.Ends, Is.EqualTo(new[] { "completed" }));
    }

    [Test]
    public async Task A_disposed_subscription_is_told_nothing_more()
    {
        Use(Succeeding);
        Monitor.Subscribe(_early).Dispose();

        await Manager.MigrateAsync();

        Assert.That(_early.Values, Is.Empty);
        Assert.That(_early.Ends, Is.Empty);
    }

    [Test]
    public async Task The_rehearsal_is_told_as_a_part_of_its_run()
    {
        _services = Set.Services(o => o.RehearseBeforeMigrate = RehearsalPolicy.Always, _ => { }, Succeeding);
        Monitor.Subscribe(_early);

        await Manager.MigrateAsync();

        Assert.That(_early.Values.Any(value => value.IsRehearsal));
        Assert.That(_early.Ends, Has.Count.EqualTo(1));
    }

    private void Use(params FakeDatabase[] databases) =>
        _services = Set.Services(
            _ => { },
            services => services.AddSingleton<IProgress<MigrationProgress>>(_registered),
            databases
        );

    private sealed class Broken : IObserver<MigrationProgress>, IProgress<MigrationProgress>
    {
        public void OnCompleted() => throw new InvalidOperationException("The window is gone.");

        public void OnError(Exception error) => throw new InvalidOperationException("The window is gone.");

        public void OnNext(MigrationProgress value) => throw new InvalidOperationException("The window is gone.");

        public void Report(MigrationProgress value) => throw new InvalidOperationException("The window is gone.");
    }
}
