using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Tests.Diagnostics;

namespace RagStudio.Data.Migrator.Tests.BackUp;

/// <summary>Sets that cannot be backed up, or have no folder for it.</summary>
internal sealed class WithoutBackupsTests
{
    private static readonly FakeMigration AddTwo = FakeSet.AddRow("2", "two");

    private FakeSet _set = null!;

    [SetUp]
    public async Task CreateSet()
    {
        _set = new FakeSet(isTransactional: true);
        await _set.CreateAsync("shop", "archive");
        _set.Storage("archive").CannotBackUp = "A server is backed up by its own tools. Use them.";
    }

    [TearDown]
    public void DisposeSet() => _set.Dispose();

    [Test]
    public void A_backup_says_what_to_do_instead_before_anything()
    {
        var failure = Assert.ThrowsAsync<BackupFailedException>(() => Manager().Backups.CreateAsync());

        Assert.That(failure!.Message, Does.Contain("fake://archive").And.Contain("Use them."));
        Assert.That(failure.Message, Does.Not.Contain("folder"));
        Assert.That(_set.Calls.Log, Is.Empty);
    }

    [Test]
    public void A_restore_is_refused_in_the_same_words()
    {
        var failure = Assert.ThrowsAsync<BackupFailedException>(() => Manager().RestoreAsync("any"));

        Assert.That(failure!.Message, Does.Contain("Use them."));
        Assert.That(_set.Calls.Log, Is.Empty);
    }

    [Test]
    public async Task A_run_in_a_transaction_needs_neither_a_backup_nor_a_folder()
    {
        var manager = Manager();

        var summary = await manager.MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(_set.State("archive"), Is.EqualTo("1 2 | mine two"));
        Assert.That(await manager.Backups.ListAsync(), Is.Empty);
        Assert.That(await manager.Backups.ListUnreadableAsync(), Is.Empty);
        Assert.That(await manager.Backups.VerifyAsync(), Is.Empty);
        Assert.That(await manager.Backups.PruneAsync(), Is.Empty);
    }

    [Test]
    public async Task A_complete_run_succeeds_although_nobody_can_say_what_is_kept_on_the_server()
    {
        using var events = new RecordedEvents();
        _set.Storage("shop").Keepsakes = new LostKeepsakes();
        using var services = _set.Services(
            options => options.BackupDirectory = null,
            add => add.AddLogging(logging => logging.AddProvider(events)),
            _set.Database("shop", AddTwo)
        );

        var summary = await services.GetRequiredService<IMigrationManager>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(_set.State("shop"), Is.EqualTo("1 2 | mine two"));
        Assert.That(events.Ids, Does.Contain(MigratorEventIds.BackupNotPruned));
    }

    [Test]
    public async Task A_plan_asks_nothing_about_the_disk_of_a_server()
    {
        var before = _set.Storage("archive").SizesRead;

        var plan = await Manager().PlanAsync();

        Assert.That((plan.Refusal, plan.DiskNeededBytes), Is.EqualTo(((string?)null, 0)));
        Assert.That(_set.Storage("archive").SizesRead, Is.EqualTo(before));
    }

    [Test]
    public async Task A_rollback_to_a_version_needs_no_folder_either()
    {
        var manager = Manager();
        await manager.MigrateAsync();

        var summary = await manager.RollbackToVersionAsync("1");

        Assert.That(summary.Success);
        Assert.That(_set.State("shop"), Is.EqualTo("1 | mine"));
    }

    [Test]
    public async Task A_rehearsal_needs_no_folder_either()
    {
        var summary = await Manager(options => options.DryRun = true).MigrateAsync();

        Assert.That(summary.Rehearsal!.Success);
        Assert.That(_set.State("shop"), Is.EqualTo("1 | mine"));
    }

    [Test]
    public async Task A_run_that_is_undone_by_restoring_demands_a_folder_before_anything_is_changed()
    {
        using var set = new FakeSet();
        await set.CreateAsync("shop");

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() =>
            set.Manager(options => options.BackupDirectory = null, set.Database("shop", AddTwo)).MigrateAsync()
        );

        Assert.That(failure!.Message, Does.Contain("BackupDirectory"));
        Assert.That(set.State("shop"), Is.EqualTo("1 | mine"));
        Assert.That(set.Journal.Exists, Is.False);
    }

    [Test]
    public async Task A_run_that_is_undone_by_restoring_fails_where_it_cannot_back_up()
    {
        using var set = new FakeSet();
        await set.CreateAsync("shop");
        set.Storage("shop").CannotBackUp = "It has no copies. Use another one.";

        Assert.ThrowsAsync<BackupFailedException>(() => set.Manager(set.Database("shop", AddTwo)).MigrateAsync());

        Assert.That(set.State("shop"), Is.EqualTo("1 | mine"));
        Assert.That(set.Journal.Exists, Is.False);
    }

    private IMigrationManager Manager(Action<MigrationOptions>? configure = null) =>
        _set.Manager(
            options =>
            {
                options.BackupDirectory = null;
                configure?.Invoke(options);
            },
            _set.Database("shop", AddTwo),
            _set.Database("archive", AddTwo)
        );

    /// <summary>A server that goes away when a run asks what is kept.</summary>
    private sealed class LostKeepsakes : IKeepsakeStore
    {
        public Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken) =>
            throw new DatabaseAccessException(
                MigrationPhase.BackUp,
                "fake://shop",
                DatabaseProblem.CannotOpen,
                "the connection is lost"
            );

        public Task<IReadOnlyList<string>> VerifyAsync(string id, WorkLimits limits) =>
            throw new NotSupportedException();

        public Task RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
