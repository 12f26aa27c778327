using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Sqlite.Tests.Apply;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

/// <summary>
/// Work on every migration of a program takes long if there are hundreds: observers receive its progress.
/// </summary>
public sealed class SilentWaitTests : ShopTest
{
    private static readonly (long, long)[] OfThree = [(0, 3), (1, 3), (2, 3), (3, 3)];

    [Test]
    public async Task A_status_tells_how_many_migrations_it_has_replayed()
    {
        var manager = await MigrateAndForgetAsync();
        var recorded = new Recorder();

        await manager.GetStatusAsync(recorded);

        Assert.That(recorded.Of(MigrationPhase.Validate, "schema"), Is.EqualTo(OfThree));
        Assert.That(recorded.Steps.Select(step => step.Database), Has.All.EqualTo("shop"));
    }

    [Test]
    public async Task A_run_tells_of_it_in_its_own_phases_and_of_the_checksums_that_it_compares()
    {
        var manager = Shop.Manager<StepsContext>();
        await manager.MigrateToVersionAsync(SecondStep.Version);
        Forget();
        var recorded = new Recorder();

        await manager.MigrateAsync(recorded);

        Assert.Multiple(() =>
        {
            Assert.That(
                recorded.Of(MigrationPhase.Plan, "checksums"),
                Is.EqualTo(new (long, long)[] { (0, 2), (1, 2) })
            );
            // What is applied is replayed beside the run, and told of only if it is still waited for at the end.
            Assert.That(recorded.Of(MigrationPhase.BackUp, "schema"), Is.Empty);
            Assert.That(
                recorded.Of(MigrationPhase.Validate, "schema"),
                Is.EqualTo(new (long, long)[] { (0, 1), (1, 1) })
            );
            Assert.That(
                recorded.Steps.Where(step => step.Check == "rows").Select(step => step.Phase),
                Is.EqualTo(new[] { MigrationPhase.BackUp, MigrationPhase.Validate })
            );
        });
    }

    [Test]
    public async Task A_validation_tells_of_both()
    {
        await MigrateAndForgetAsync();
        var services = new ServiceCollection();
        services.AddMigrator().AddSqliteDatabase<StepsContext>("shop", $"Data Source={Shop.PathOf("shop")}");
        await using var provider = services.BuildServiceProvider();
        var recorded = new Recorder();

        await provider.GetRequiredService<DataValidator>().ValidateAsync(progress: recorded);

        Assert.That(recorded.Of(MigrationPhase.Validate, "schema"), Is.EqualTo(OfThree));
        Assert.That(recorded.Of(MigrationPhase.Validate, "checksums"), Is.EqualTo(OfThree[..3]));
    }

    [Test]
    public async Task A_plan_tells_what_it_looks_at()
    {
        var manager = Shop.Manager<StepsContext>();
        await manager.MigrateToVersionAsync(SecondStep.Version);
        var recorded = new Recorder();

        await manager.PlanAsync(recorded);

        Assert.That(recorded.Steps.Select(step => step.Phase), Has.All.EqualTo(MigrationPhase.Plan));
        Assert.That(
            recorded.Steps.Select(step => step.Check),
            Is.EqualTo(new[] { "checksums", "checksums", "data", "SQL" })
        );
    }

    [Test]
    public async Task A_start_of_a_new_build_with_nothing_pending_tells_of_the_checksums()
    {
        var manager = await MigrateAndForgetAsync();
        Shop.Execute("DROP TABLE __migrator_program");
        var recorded = new Recorder();

        await manager.MigrateAsync(recorded);

        Assert.That(recorded.Of(MigrationPhase.Lock, "checksums"), Is.EqualTo(OfThree[..3]));
        Assert.That(recorded.Steps, Has.Count.EqualTo(3), "Nothing else is told of: there was nothing to do.");
    }

    [Test]
    public async Task A_restore_tells_which_backup_it_checks_first()
    {
        var manager = await MigrateAndForgetAsync();
        var backup = await manager.Backups.CreateAsync();
        var recorded = new Recorder();

        await manager.RestoreAsync(backup!.Id, recorded);

        Assert.That(
            recorded.Steps.First(step => step.Phase == MigrationPhase.Plan),
            Is.EqualTo(new MigrationProgress(MigrationPhase.Plan, Check: backup.Id))
        );
    }

    [Test]
    public async Task Whoever_waits_for_the_lock_is_told_who_holds_it()
    {
        await Shop.Manager<StepsContext>().MigrateToVersionAsync(FirstStep.Version);
        using var told = new ManualResetEventSlim();
        Task<MigrationSummary>? waiting = null;
        MigrationProgress? held = null;
        var watching = new OnProgress(step =>
        {
            if (step is { Phase: MigrationPhase.Lock, Check: not null })
            {
                held = step;
                told.Set();
            }
        });

        await Shop.Manager<StepsContext>()
            .MigrateAsync(
                new OnProgress(step =>
                {
                    if (step.Phase == MigrationPhase.Plan && waiting is null)
                    {
                        waiting = Task.Run(() => Shop.Manager<StepsContext>().MigrateAsync(watching));
                        told.Wait(TimeSpan.FromSeconds(20));
                    }
                })
            );
        await waiting!;

        Assert.That(
            held?.Check,
            Does.StartWith($"held by process {Environment.ProcessId} on ").And.Contain("migrating")
        );
        Assert.That(held?.Database, Is.EqualTo("shop"));
    }

    [Test]
    public async Task A_watcher_that_throws_while_the_lock_is_waited_for_leaves_nothing_held()
    {
        await Shop.Manager<StepsContext>().MigrateToVersionAsync(FirstStep.Version);
        using var thrown = new ManualResetEventSlim();
        Task<MigrationSummary>? waiting = null;
        var gaveUp = false;
        var watching = new OnProgress(step =>
        {
            if (step is { Phase: MigrationPhase.Lock, Check: not null })
            {
                thrown.Set();
                throw new InvalidOperationException("The window is gone.");
            }
        });
        var holding = new OnProgress(step =>
        {
            if (step.Phase == MigrationPhase.Plan && waiting is null)
            {
                waiting = Task.Run(() => Shop.Manager<StepsContext>().MigrateAsync(watching));
                thrown.Wait(TimeSpan.FromSeconds(20));
                // It must not end before it has what it still waits for, because nothing would release that.
                gaveUp = SpinWait.SpinUntil(() => waiting.IsCompleted, TimeSpan.FromMilliseconds(500));
            }
        });

        await Shop.Manager<StepsContext>().MigrateAsync(holding);

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() => waiting!);
        Assert.That(failure!.Message, Is.EqualTo("The window is gone."));
        var backup = await Shop.Manager<StepsContext>(options => options.LockTimeout = TimeSpan.Zero)
            .Backups.CreateAsync();
        Assert.That(backup!.Verified);
        Assert.That(gaveUp, Is.False);
    }

    /// <summary>Creates a database whose schema is not known to be right.</summary>
    private async Task<IMigrationManager> MigrateAndForgetAsync()
    {
        var manager = Shop.Manager<StepsContext>();
        await manager.MigrateAsync();
        Forget();
        return Shop.Manager<StepsContext>();
    }

    private void Forget() => Shop.Execute("DELETE FROM __migrator_schema");

    private sealed class OnProgress(Action<MigrationProgress> report) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => report(value);
    }

    private sealed class Recorder : IProgress<MigrationProgress>
    {
        public List<MigrationProgress> Steps { get; } = [];

        public IEnumerable<(long Completed, long Total)> Of(MigrationPhase phase, string check) =>
            Steps
                .Where(step => step.Phase == phase && step.Check == check && step.Unit == ProgressUnit.Migrations)
                .Select(step => (step.Completed, step.Total));

        public void Report(MigrationProgress value)
        {
            lock (Steps)
            {
                Steps.Add(value);
            }
        }
    }
}
