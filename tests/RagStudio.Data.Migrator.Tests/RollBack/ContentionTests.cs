using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Tests.Diagnostics;

namespace RagStudio.Data.Migrator.Tests.RollBack;

/// <summary>Runs over storages of which others hold something that the run needs.</summary>
[NonParallelizable]
internal sealed class ContentionTests
{
    private const string Before = "1 | mine";
    private const string After = "1 2 | mine two";

    private static readonly FakeMigration AddTwo = FakeSet.AddRow("2", "two");

    private readonly List<TimeSpan> _delays = [];
    private FakeSet _set = null!;
    private RecordedEvents _events = null!;

    /// <summary>How many attempts others hinder.</summary>
    private int _hindered;

    [SetUp]
    public async Task CreateSet()
    {
        _delays.Clear();
        _events = new RecordedEvents();
        _set = new FakeSet(isTransactional: true);
        await _set.CreateAsync("shop", "archive");
        _set.Storage("archive").IsContention = failure => failure is OthersHoldItException;
        _set.Time.OnDelay = delay =>
        {
            _delays.Add(delay);
            _set.Time.Advance(delay);
        };
    }

    [TearDown]
    public void DisposeSet()
    {
        _set.Dispose();
        _events.Dispose();
    }

    [Test]
    public async Task A_run_begins_again_with_nothing_held_when_it_cannot_begin()
    {
        _hindered = 2;
        _set.Calls.On("begin archive", Hinder);

        var summary = await Manager(_set.Database("shop", AddTwo), _set.Database("archive", AddTwo)).MigrateAsync();

        AssertAppliedOnce(summary);
        string[] undone = ["begin shop", "begin archive", "roll back shop", "roll back archive"];
        Assert.That(
            _set.Calls.Log.SkipWhile(call => call != "begin shop").Take(10),
            Is.EqualTo(new[] { undone, undone, ["begin shop", "begin archive"] }.SelectMany(calls => calls))
        );
        Assert.That(_events.Ids.Count(id => id == MigratorEventIds.Contended), Is.EqualTo(2));
    }

    [Test]
    public async Task A_run_begins_again_when_a_migration_meets_others()
    {
        _hindered = 1;
        using var telemetry = new TelemetryListener();

        var summary = await Manager(_set.Database("shop", AddTwo), _set.Database("archive", Hindered)).MigrateAsync();

        AssertAppliedOnce(summary);
        Assert.That(telemetry.Of(MigratorDiagnostics.Migrations), Has.Length.EqualTo(2));
        Assert.That(telemetry.Of(MigratorDiagnostics.MigrationDuration), Has.Length.EqualTo(2));
        Assert.That(_set.History("archive").Select(line => line.Event), Is.All.EqualTo(MigrationEvent.Applied));
    }

    [Test]
    public async Task A_run_begins_again_when_its_validation_meets_others()
    {
        _hindered = 1;
        _set.Calls.On("begin archive", () => _set.Calls.On("check archive", Hinder));

        var summary = await Manager(_set.Database("shop", AddTwo), _set.Database("archive", AddTwo)).MigrateAsync();

        AssertAppliedOnce(summary);
        Assert.That(_set.Calls.Log.Count(call => call == "begin shop"), Is.EqualTo(2));
    }

    [Test]
    public async Task Rows_that_an_undone_attempt_removed_are_not_lost()
    {
        _hindered = 1;
        var remove = FakeMigration.Of(
            "2",
            content =>
            {
                if (_hindered > 0)
                {
                    content.Tables["rows"].Remove("mine");
                }
            }
        );
        var hindered = FakeMigration.Of("3", _ => Hinder());

        var summary = await Manager(_set.Database("shop"), _set.Database("archive", remove, hindered)).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(_set.State("archive"), Is.EqualTo("1 2 3 | mine"));
    }

    [Test]
    public async Task Attempts_end_with_the_lock_timeout_and_nothing_is_changed()
    {
        _hindered = int.MaxValue;
        var history = _set.History("shop").Count;
        var manager = Manager(
            options => options.LockTimeout = TimeSpan.FromSeconds(10),
            _set.Database("shop", AddTwo),
            _set.Database("archive", Hindered)
        );

        var failure = Assert.ThrowsAsync<DatabaseLockedException>(() => manager.MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(failure.Database, Is.EqualTo("fake://archive"));
        Assert.That(failure.Waited, Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(failure.Summary!.Databases.SelectMany(database => database.Migrations), Is.Empty);
        Assert.That(_delays[0].TotalMilliseconds, Is.InRange(37, 63));
        Assert.That(_delays.SkipLast(1).Last().TotalMilliseconds, Is.InRange(750, 1250));
        AssertState(Before);
        Assert.That(_set.History("shop"), Has.Count.EqualTo(history));
        await using var session = await OpenAsync("shop");
    }

    [Test]
    public void Cancellation_ends_the_waiting()
    {
        _hindered = int.MaxValue;
        using var cancel = new CancellationTokenSource();
        _set.Time.OnDelay = _ => cancel.Cancel();
        var manager = Manager(_set.Database("shop", AddTwo), _set.Database("archive", Hindered));

        Assert.CatchAsync<OperationCanceledException>(() => manager.MigrateAsync(null, cancel.Token));

        AssertState(Before);
    }

    [Test]
    public async Task A_rollback_to_a_version_begins_again_too()
    {
        var manager = Manager(_set.Database("shop", AddTwo), _set.Database("archive", AddTwo));
        await manager.MigrateAsync();
        _hindered = 1;
        _set.Calls.On("begin archive", Hinder);

        var summary = await manager.RollbackToVersionAsync("1");

        Assert.That(summary.Databases.SelectMany(database => database.Migrations).Count(), Is.EqualTo(2));
        AssertState(Before);
    }

    [Test]
    public void Other_failures_are_final()
    {
        _hindered = 1;
        _set.Storage("archive").IsContention = _ => false;
        var manager = Manager(_set.Database("shop", AddTwo), _set.Database("archive", Hindered));

        Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(_delays, Is.Empty);
        AssertState(Before);
    }

    [Test]
    public void Nothing_is_tried_again_that_is_not_rolled_back()
    {
        _hindered = 1;
        var manager = Manager(
            options => options.RollbackOnFailure = false,
            _set.Database("shop", AddTwo),
            _set.Database("archive", Hindered)
        );

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
        Assert.That(_set.State("archive"), Is.EqualTo(Before));
    }

    [Test]
    public void What_cannot_be_rolled_back_is_not_tried_again()
    {
        _hindered = 1;
        _set.Calls.Fail("roll back shop", new IOException("The server is gone."));
        var manager = Manager(_set.Database("shop", AddTwo), _set.Database("archive", Hindered));

        var failure = Assert.ThrowsAsync<RollbackFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.RunFailure.GetBaseException(), Is.InstanceOf<OthersHoldItException>());
        Assert.That(failure.Message, Does.Contain("The server is gone.").And.Not.Contain("new files"));
        AssertState(Before);
    }

    /// <summary>The migration that adds a row, once others no longer hinder it.</summary>
    private FakeMigration Hindered =>
        AddTwo with
        {
            Up = async (content, token) =>
            {
                await AddTwo.Up(content, token);
                Hinder();
            },
        };

    private void Hinder()
    {
        if (_hindered-- > 0)
        {
            throw new OthersHoldItException();
        }
    }

    private IMigrationManager Manager(params FakeDatabase[] databases) => Manager(_ => { }, databases);

    private IMigrationManager Manager(Action<MigrationOptions> configure, params FakeDatabase[] databases) =>
        _set.Services(configure, services => services.AddLogging(logging => logging.AddProvider(_events)), databases)
            .GetRequiredService<IMigrationManager>();

    private Task<IStorageSession> OpenAsync(string name) =>
        _set.Storage(name).OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, default);

    private void AssertAppliedOnce(MigrationSummary summary)
    {
        Assert.That(summary.Success);
        Assert.That(
            summary.Databases.Select(database => database.Migrations.Select(step => (step.Version, step.Success))),
            Is.All.EqualTo(new[] { ("2", true) })
        );
        AssertState(After);
    }

    private void AssertState(string expected)
    {
        Assert.That(_set.State("shop"), Is.EqualTo(expected));
        Assert.That(_set.State("archive"), Is.EqualTo(expected));
    }

    private sealed class OthersHoldItException() : Exception("Others hold it.");
}
