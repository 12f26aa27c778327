using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Record;

/// <summary>Files that cannot be removed at the end of a run.</summary>
public sealed class TidyingTests : ShopTest
{
    private readonly Stack<StuckFile> _stuck = [];
    private RecordedLog _log = null!;

    [SetUp]
    public async Task CreateFirstReleaseAsync()
    {
        StuckFile.Demand(Shop.Folder);
        _log = new RecordedLog();
        await Shop.CreateFirstReleaseAsync(orders: 20);
        await Shop.CreateFirstReleaseAsync(orders: 20, "archive");
    }

    [TearDown]
    public void TearDown()
    {
        LetGo();
        _log?.Dispose();
    }

    [Test]
    public async Task MigrateAsync_ends_well_and_is_never_undone_when_the_journal_cannot_be_removed(
        [Values] bool takesLines
    )
    {
        var stick = takesLines ? (Func<string, StuckFile>)StuckFile.Unremovable : StuckFile.Immutable;

        RunPoints.At(RunPoints.JournalValidated, () => _stuck.Push(stick(Shop.Journal)));

        var summary = await Manager<ShopContext>().MigrateAsync();
        Shop.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        await Manager<ShopContext>().MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(File.Exists(Shop.Journal));
        AssertNewerIsThere();
        AssertTold(Shop.Journal);
        LetGo();
        await Manager<ShopContext>().MigrateAsync();
        Assert.That(File.Exists(Shop.Journal), Is.False);
        AssertNewerIsThere();
    }

    [Test]
    public async Task MigrateAsync_names_the_journal_that_would_undo_it_when_it_can_be_neither_ended_nor_removed()
    {
        var failure = Assert.ThrowsAsync<RunFailedException>(() =>
            Manager<ShopContext>()
                .MigrateAsync(new OnPhase(MigrationPhase.Record, () => _stuck.Push(StuckFile.Immutable(Shop.Journal))))
        )!;

        Assert.That(failure.DataState, Is.EqualTo(DataState.NeedsAttention));
        Assert.That(failure.Message, Does.Contain(Shop.Journal).And.Contain("The next start would restore the backup"));
        LetGo();
        File.Delete(Shop.Journal);
        Assert.That((await Manager<ShopContext>().GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(20));
    }

    [Test]
    public async Task A_failed_run_ends_with_its_own_error_and_is_not_restored_again_when_the_journal_cannot_be_removed()
    {
        var stick = new OnPhase(MigrationPhase.RollBack, () => _stuck.Push(StuckFile.Unremovable(Shop.Journal)));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Manager<FailingShopContext>().MigrateAsync(stick)
        );
        Shop.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        LetGo();
        await Manager<ShopContext>().RecoverAsync();

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        AssertTold(Shop.Journal);
        AssertNewerIsThere();
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(21));
    }

    [Test]
    public void A_failed_run_that_is_not_rolled_back_ends_with_its_own_error_when_the_journal_cannot_be_ended()
    {
        RunPoints.At(RunPoints.JournalBegun, () => _stuck.Push(StuckFile.Immutable(Shop.Journal)));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            Manager<FailingShopContext>(options => options.RollbackOnFailure = false).MigrateAsync()
        );

        Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
        AssertTold(Shop.Journal);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(20));
    }

    [Test]
    public async Task RecoverAsync_is_not_done_again_when_the_journal_cannot_be_removed()
    {
        Assert.ThrowsAsync<RollbackFailedException>(() =>
            Manager<FailingShopContext>()
                .MigrateAsync(new OnPhase(MigrationPhase.RollBack, () => throw new IOException("The disk is gone.")))
        );
        _stuck.Push(StuckFile.Unremovable(Shop.Journal));

        var recovered = await Manager<FailingShopContext>().RecoverAsync();
        Shop.Execute("INSERT INTO orders (customer) VALUES ('newer')");
        var again = await Manager<FailingShopContext>().RecoverAsync();

        Assert.That((recovered.Restored, again.Restored), Is.EqualTo((true, false)));
        AssertNewerIsThere();
    }

    [TestCase("shop")]
    [TestCase("archive")]
    public async Task MigrateAsync_ends_well_and_releases_every_database_when_a_lock_holder_file_cannot_be_removed(
        string database
    )
    {
        var holder = Shop.PathOf(database) + ".lock-holder";

        var summary = await Manager<ShopContext>()
            .MigrateAsync(new OnPhase(MigrationPhase.Plan, () => _stuck.Push(StuckFile.Immutable(holder))));

        Assert.That(summary.Success);
        AssertTold(Shop.PathOf(database));
        LetGo();
        Assert.That((await Manager<ShopContext>().Backups.CreateAsync())!.Databases, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_failed_run_ends_with_its_own_error_when_a_lock_holder_file_cannot_be_removed()
    {
        var holder = Shop.PathOf("archive") + ".lock-holder";

        Assert.ThrowsAsync<MigrationFailedException>(() =>
            Manager<FailingShopContext>()
                .MigrateAsync(new OnPhase(MigrationPhase.Plan, () => _stuck.Push(StuckFile.Immutable(holder))))
        );

        LetGo();
        Assert.That((await Manager<ShopContext>().MigrateAsync()).Success);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(20));
    }

    [Test]
    public async Task MigrateAsync_ends_well_when_a_rehearsal_cannot_be_removed_which_a_later_run_does()
    {
        var summary = await Manager<ShopContext>(options => options.RehearseBeforeMigrate = RehearsalPolicy.Always)
            .MigrateAsync(new AtRehearsal(MakeRehearsalStuck));

        Assert.That(summary.Success);
        AssertTold(Directory.GetDirectories(Shop.Folder, ".rehearsal-*").Single());
        LetGo();
        await Manager<ShopContext>().Backups.CreateAsync();
        Assert.That(Directory.GetDirectories(Shop.Folder, ".rehearsal-*"), Is.Empty);
    }

    [Test]
    public async Task MigrateAsync_changes_nothing_when_the_journal_cannot_be_begun()
    {
        var before = Shop.Dump();
        Directory.CreateDirectory(Shop.Journal + ".new");

        var failure = Assert.ThrowsAsync<RunFailedException>(() => Manager<ShopContext>().MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(File.Exists(Shop.Journal), Is.False);
        Assert.That(Shop.Dump(), Is.EqualTo(before));
        Directory.Delete(Shop.Journal + ".new");
        Assert.That((await Manager<ShopContext>().MigrateAsync()).Success);
    }

    private void MakeRehearsalStuck()
    {
        var stuck = Path.Combine(Directory.GetDirectories(Shop.Folder, ".rehearsal-*").Single(), "stuck");
        File.WriteAllText(stuck, "");
        _stuck.Push(StuckFile.Immutable(stuck));
    }

    private void LetGo()
    {
        while (_stuck.TryPop(out var stuck))
        {
            stuck.Dispose();
        }
    }

    private void AssertNewerIsThere() =>
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders WHERE customer = 'newer'"), Is.EqualTo(1));

    private void AssertTold(string path) =>
        Assert.That(
            _log.Lines.Where(line => line.Id.Id == MigratorEventIds.NotTidied).Select(line => line.Text),
            Has.Some.Contains(path)
        );

    private IMigrationManager Manager<TContext>(Action<MigrationOptions>? configure = null)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace));
        services
            .AddMigrator(configure)
            .AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")}")
            .AddSqliteDatabase<TContext>("archive", $"Data Source={Shop.PathOf("archive")}");
        return services.BuildServiceProvider().GetRequiredService<IMigrationManager>();
    }

    private sealed class AtRehearsal(Action act) : IProgress<MigrationProgress>
    {
        private bool _done;

        public void Report(MigrationProgress value)
        {
            if (value.IsRehearsal && !_done)
            {
                _done = true;
                act();
            }
        }
    }
}
