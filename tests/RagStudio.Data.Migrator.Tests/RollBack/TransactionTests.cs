using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.RollBack;

/// <summary>Runs over storages that undo a run by their transaction.</summary>
internal sealed class TransactionTests
{
    private const string Before = "1 | mine";
    private const string After = "1 2 | mine two";

    private static readonly FakeMigration AddTwo = FakeSet.AddRow("2", "two");

    private static readonly FakeMigration Fail = FakeMigration.Failing("2", new InvalidOperationException("It broke."));

    private FakeSet _set = null!;

    private FakeDatabase[] Succeeding => [_set.Database("shop", AddTwo), _set.Database("archive", AddTwo)];

    private FakeDatabase[] FailingSecond => [_set.Database("shop", AddTwo), _set.Database("archive", Fail)];

    [SetUp]
    public Task CreateSet()
    {
        _set = new FakeSet(isTransactional: true);
        return _set.CreateAsync("shop", "archive");
    }

    [TearDown]
    public void DisposeSet() => _set.Dispose();

    [Test]
    public async Task A_run_is_validated_before_it_is_committed_and_needs_no_backup()
    {
        var summary = await _set.Manager(Succeeding).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(summary.BackupId, Is.Null);
        Assert.That(
            _set.Calls.Log.SkipWhile(call => call != "begin shop"),
            Is.EqualTo(
                new[]
                {
                    "begin shop",
                    "begin archive",
                    "migrate shop",
                    "migrate archive",
                    "check shop",
                    "check archive",
                    "prepare archive",
                    "commit shop",
                    "commit archive",
                    "close archive",
                    "close shop",
                }
            )
        );
        Assert.That(_set.Calls.Log, Has.None.StartsWith("backup"));
        AssertState(After);
    }

    [Test]
    public void A_run_that_fails_is_rolled_back_and_told_to_the_history()
    {
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => _set.Manager(FailingSecond).MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(_set.Calls.Log, Has.Member("roll back shop").And.Member("roll back archive"));
        Assert.That(_set.Calls.Log, Has.None.StartsWith("restore").And.None.StartsWith("commit"));
        Assert.That(
            _set.History("shop").Select(line => line.Event),
            Is.EqualTo(new[] { MigrationEvent.Applied, MigrationEvent.Failed })
        );
        AssertState(Before);
    }

    [Test]
    public void A_run_that_fails_without_a_backup_is_rolled_back_too()
    {
        var manager = _set.Manager(options => options.BackupBeforeMigration = false, FailingSecond);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        AssertState(Before);
    }

    [Test]
    public void Damage_that_a_run_does_is_never_committed()
    {
        var orphan = FakeSet.AddRow("2", "-> not there");
        var manager = _set.Manager(_set.Database("shop", AddTwo), _set.Database("archive", orphan));

        Assert.ThrowsAsync<ValidationFailedException>(() => manager.MigrateAsync());

        Assert.That(_set.Calls.Log, Has.None.StartsWith("commit"));
        AssertState(Before);
    }

    [Test]
    public void A_failure_after_the_first_commit_says_that_a_person_is_needed()
    {
        _set.Calls.Fail("commit archive", new IOException("The server is gone."));

        var failure = Assert.ThrowsAsync<RollbackFailedException>(() => _set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
        Assert.That(failure.RunFailure.Message, Does.Contain("The server is gone."));
        Assert.That(failure.Message, Does.Contain("next start completes").And.Not.Contain("new files"));
        Assert.That(_set.State("shop"), Is.EqualTo(After));
        Assert.That(_set.State("archive"), Is.EqualTo(Before));
    }

    [Test]
    public async Task What_was_prepared_follows_the_first_commit_at_the_next_run()
    {
        _set.Server.PreparesCommits = true;
        _set.Calls.Fail("commit archive", new IOException("The server is gone."));
        Assert.ThrowsAsync<RollbackFailedException>(() => _set.Manager(Succeeding).MigrateAsync());
        Assert.That(_set.State("archive"), Is.EqualTo(Before));
        _set.Calls.Succeed("commit archive");
        _set.Calls.Clear();

        var summary = await _set.Manager(Succeeding).MigrateAsync();

        Assert.That(summary.Databases.SelectMany(database => database.Migrations), Is.Empty);
        Assert.That(_set.Calls.Log, Has.None.StartsWith("migrate"));
        AssertState(After);
    }

    [Test]
    public async Task What_was_prepared_is_undone_where_the_first_commit_failed()
    {
        _set.Server.PreparesCommits = true;
        _set.Calls.Fail("commit shop", new IOException("The server is gone."));

        var failure = Assert.CatchAsync<RunFailedException>(() => _set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(_set.Calls.Log, Has.Member("roll back shop").And.Member("roll back archive"));
        AssertState(Before);
        await using var archive = await OpenAsync("archive");
        AssertState(Before);
    }

    [TestCase("shop", Before, Before)]
    [TestCase("archive", After, Before)]
    public void A_commit_whose_answer_was_lost_is_not_undone(string unknown, string shop, string archive)
    {
        _set.Server.PreparesCommits = true;
        var lost = new CommitUnknownException("fake://" + unknown, new IOException("The server is gone."));
        _set.Calls.Fail("commit " + unknown, lost);

        var failure = Assert.ThrowsAsync<CommitUnknownException>(() => _set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure, Is.SameAs(lost));
        Assert.That(failure!.DataState, Is.EqualTo(DataState.Unknown));
        Assert.That(failure.Message, Does.Contain(unknown).And.Contain("The server is gone").And.Contain("next start"));
        Assert.That(failure.Summary!.Databases.SelectMany(database => database.Migrations).Count(), Is.EqualTo(2));
        Assert.That(_set.Calls.Log, Has.None.StartsWith("roll back").And.None.StartsWith("append"));
        Assert.That((_set.State("shop"), _set.State("archive")), Is.EqualTo((shop, archive)));
    }

    [Test]
    public void A_run_that_is_rolled_back_but_cannot_be_told_to_the_history_has_changed_nothing()
    {
        _set.Calls.Fail("append shop", new IOException("The server is gone."));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => _set.Manager(FailingSecond).MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(_set.History("archive")[^1].Event, Is.EqualTo(MigrationEvent.Failed));
        AssertState(Before);
    }

    [Test]
    public void A_run_whose_commit_cannot_be_prepared_is_rolled_back()
    {
        _set.Server.PreparesCommits = true;
        _set.Calls.Fail("prepare archive", new IOException("The server is gone."));

        var failure = Assert.ThrowsAsync<RunFailedException>(() => _set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Restored));
        Assert.That(_set.Calls.Log, Has.None.StartsWith("commit"));
        AssertState(Before);
    }

    [Test]
    public void A_run_that_cannot_begin_because_others_hold_the_storage_says_so_and_has_changed_nothing()
    {
        var held = new DatabaseLockedException(MigrationPhase.Apply, "fake://archive", TimeSpan.FromSeconds(1));
        _set.Calls.Fail("begin archive", held);
        var history = _set.History("shop").Count;

        var failure = Assert.ThrowsAsync<DatabaseLockedException>(() => _set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure, Is.SameAs(held));
        Assert.That(_set.History("shop"), Has.Count.EqualTo(history));
        AssertState(Before);
    }

    [Test]
    public async Task BeginAsync_is_told_what_is_planned()
    {
        await _set.Manager(_set.Database("shop", AddTwo), _set.Database("archive")).MigrateAsync();

        Assert.That(_set.Calls.Planned, Is.EqualTo(new[] { "shop 2", "archive" }));
    }

    [Test]
    public async Task A_run_needs_no_journal()
    {
        _set.Storage("shop").HasJournal = false;

        var summary = await _set.Manager(Succeeding).MigrateAsync();

        Assert.That(summary.Success);
        AssertState(After);
    }

    [Test]
    public async Task A_run_is_left_as_it_failed_when_rollback_is_switched_off()
    {
        var manager = _set.Manager(options => options.RollbackOnFailure = false, FailingSecond);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
        Assert.That(_set.State("shop"), Is.EqualTo(After));
        await _set.Manager(Succeeding).MigrateAsync();
        AssertState(After);
    }

    [Test]
    public async Task A_restore_keeps_what_it_replaces()
    {
        var manager = _set.Manager(Succeeding);
        var backup = await manager.Backups.CreateAsync();
        await manager.MigrateAsync();

        var summary = await manager.RestoreAsync(backup!.Id);

        Assert.That(summary.SafetyBackupId, Is.Not.Null);
        AssertState(Before);
    }

    [Test]
    public async Task A_restore_makes_no_backup_of_what_the_storages_keep_and_says_where_it_is()
    {
        _set.Storage("shop").KeepsReplaced = _set.Storage("archive").KeepsReplaced = true;
        var manager = _set.Manager(Succeeding);
        var backup = await manager.Backups.CreateAsync();
        await manager.MigrateAsync();

        var summary = await manager.RestoreAsync(backup!.Id);

        Assert.That(summary.SafetyBackupId, Is.Null);
        Assert.That(summary.Replaced, Is.EqualTo(new[] { "old shop", "old archive" }));
        Assert.That(await manager.Backups.ListAsync(), Has.Count.EqualTo(1));
        var restored = (await manager.GetHistoryAsync()).Where(record => record.Event == MigrationEvent.Restored);
        Assert.That(restored.Select(record => record.Detail), Has.Some.Contains("kept as old shop"));
        AssertState(Before);
    }

    [Test]
    public async Task A_restore_makes_a_backup_if_one_of_the_storages_keeps_nothing()
    {
        _set.Storage("shop").KeepsReplaced = true;
        var manager = _set.Manager(Succeeding);
        var backup = await manager.Backups.CreateAsync();

        var summary = await manager.RestoreAsync(backup!.Id);

        Assert.That(summary.SafetyBackupId, Is.Not.Null);
        Assert.That(summary.Replaced, Is.EqualTo(new[] { "old shop" }));
    }

    [Test]
    public async Task What_a_run_has_left_in_a_storage_is_an_interrupted_run_to_all_who_ask()
    {
        var manager = LeaveWork();

        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Interrupted));
        var refusal = Assert.ThrowsAsync<PlanRefusedException>(() =>
            _set.Manager(options => options.DryRun = true, _set.Database("shop")).MigrateAsync()
        );
        Assert.That(refusal!.Message, Does.Contain("interrupted"));
        Assert.That(_set.Calls.Log, Has.None.StartsWith("open"));
    }

    [Test]
    public async Task What_a_run_has_left_in_a_storage_is_settled_by_a_start_with_nothing_pending()
    {
        var manager = LeaveWork();

        var summary = await manager.MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(summary.Databases.SelectMany(database => database.Migrations), Is.Empty);
        Assert.That(_set.Calls.Log, Is.EqualTo(new[] { "open shop", "close shop" }));
        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task What_a_run_has_left_in_a_storage_is_settled_by_a_recovery()
    {
        var manager = LeaveWork();

        Assert.That((await manager.RecoverAsync()).Settled);

        Assert.That((await manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That((await manager.RecoverAsync()).Settled, Is.False);
    }

    /// <summary>Leaves a prepared transaction in a set with nothing pending.</summary>
    private IMigrationManager LeaveWork()
    {
        var shop = _set.Storage("shop");
        _set.Server.Prepare(shop.Key, shop.Read().ToJson(), "fake://archive");
        return _set.Manager(_set.Database("shop"));
    }

    [Test]
    public async Task Storages_of_two_ways_are_refused_as_one_set()
    {
        using var other = new FakeSet();
        var manager = _set.Manager(_set.Database("shop", AddTwo), other.Database("archive", AddTwo));

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() => manager.MigrateAsync());

        Assert.That(failure!.Message, Does.Contain("fake://shop").And.Contain("fake://archive"));
        Assert.That(_set.State("shop"), Is.EqualTo(Before));
        await using var session = await OpenAsync("shop");
    }

    private Task<IStorageSession> OpenAsync(string name) =>
        _set.Storage(name).OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, default);

    private void AssertState(string expected)
    {
        Assert.That(_set.State("shop"), Is.EqualTo(expected));
        Assert.That(_set.State("archive"), Is.EqualTo(expected));
        Assert.That(_set.Journal.Exists, Is.False);
    }
}
