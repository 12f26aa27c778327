namespace RagStudio.Data.Migrator.Tests.Recover;

internal sealed class RecoveryTests : FakeSetTest
{
    /// <summary>A run whose own undo failed leaves the same state as a killed run.</summary>
    [SetUp]
    public void LeaveAnInterruptedRun()
    {
        Calls.Fail("restore archive", new IOException("The disk is gone."));
        Assert.ThrowsAsync<RollbackFailedException>(() =>
            Set.Manager(
                    Set.Database("shop", AddTwo),
                    Set.Database("archive", AddTwo, FakeMigration.Failing("3", new IOException("It broke.")))
                )
                .MigrateAsync()
        );
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"), "it is half way");
        Calls.Succeed("restore archive");
    }

    [Test]
    public async Task The_status_says_that_a_run_was_interrupted() =>
        Assert.That((await Set.Manager(Succeeding).GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Interrupted));

    [Test]
    public async Task The_next_run_puts_the_set_back_and_then_migrates_it()
    {
        var progress = new PhaseRecorder();

        var summary = await Set.Manager(Succeeding).MigrateAsync(progress);

        Assert.Multiple(() =>
        {
            Assert.That(summary.Success);
            Assert.That(progress.Phases.Take(2), Is.EqualTo(new[] { MigrationPhase.Lock, MigrationPhase.Recover }));
            Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
            Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
            Assert.That(
                Set.History("archive").Select(record => record.Event),
                Is.EqualTo(new[] { MigrationEvent.Applied, MigrationEvent.Recovered, MigrationEvent.Applied })
            );
            Assert.That(Set.Journal.Exists, Is.False);
        });
    }

    [Test]
    public async Task Recover_puts_the_set_back_and_keeps_what_it_replaces()
    {
        var manager = Set.Manager(Succeeding);

        var summary = await manager.RecoverAsync();

        var aside = (await manager.Backups.ListAsync()).Single(set => set.Id == summary.AsideBackupId);
        Assert.Multiple(() =>
        {
            Assert.That(summary.Restored);
            Assert.That(aside.Reason, Is.EqualTo(BackupReason.Interrupted));
            Assert.That(aside.Databases.Single(d => d.Name == "archive").MigrationId, Is.EqualTo("2"));
        });
        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_recovery_that_fails_too_is_begun_anew_by_the_next_start()
    {
        Calls.Fail("restore archive", new IOException("It is still gone."));
        Assert.CatchAsync(() => Set.Manager(Succeeding).RecoverAsync());
        Assert.That(Set.Journal.Exists, Is.True);
        await AssertNothingIsHeldAsync();
        Calls.Succeed("restore archive");

        await Set.Manager(Succeeding).RecoverAsync();

        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_damaged_backup_is_never_restored()
    {
        var copy = Directory.GetFiles(Set.Backups, "archive.json", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(copy, " ");
        Calls.Clear();

        var failure = Assert.ThrowsAsync<RecoveryFailedException>(() => Set.Manager(Succeeding).MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.JournalPath, Is.EqualTo(Set.Journal.DisplayName));
            Assert.That(failure.BackupPath, Is.EqualTo(Path.GetDirectoryName(copy)));
            Assert.That(Calls.Log, Has.None.StartsWith("restore").And.None.StartsWith("migrate"));
            Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
            Assert.That(Set.Journal.Exists, Is.True);
        });
        await AssertNothingIsHeldAsync();
    }
}
