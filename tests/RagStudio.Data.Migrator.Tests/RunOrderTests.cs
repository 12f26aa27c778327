namespace RagStudio.Data.Migrator.Tests;

internal sealed class RunOrderTests : FakeSetTest
{
    [Test]
    public async Task A_run_goes_through_its_phases_in_their_order()
    {
        var progress = new PhaseRecorder();

        await Set.Manager(Succeeding).MigrateAsync(progress);

        Assert.That(
            progress.Phases,
            Is.EqualTo(
                new[]
                {
                    MigrationPhase.Lock,
                    MigrationPhase.Plan,
                    MigrationPhase.BackUp,
                    MigrationPhase.Apply,
                    MigrationPhase.Validate,
                    MigrationPhase.Record,
                }
            )
        );
    }

    [Test]
    public void A_run_that_fails_is_rolled_back_after_the_phase_in_which_it_failed()
    {
        var progress = new PhaseRecorder();

        Assert.ThrowsAsync<MigrationFailedException>(() => Set.Manager(FailingSecond).MigrateAsync(progress));

        Assert.That(progress.Phases.TakeLast(2), Is.EqualTo(new[] { MigrationPhase.Apply, MigrationPhase.RollBack }));
    }

    [Test]
    public async Task A_run_backs_up_every_storage_before_it_changes_the_first()
    {
        await Set.Manager(Succeeding).MigrateAsync();

        Assert.That(
            Calls.Log,
            Is.EqualTo(
                new[]
                {
                    "open shop",
                    "open archive",
                    "backup shop",
                    "check shop",
                    "backup archive",
                    "check archive",
                    "begin shop",
                    "begin archive",
                    "migrate shop",
                    "migrate archive",
                    "check shop",
                    "check archive",
                    "commit shop",
                    "commit archive",
                    "close archive",
                    "close shop",
                }
            )
        );
    }

    [Test]
    public void A_run_whose_flush_fails_is_undone_as_a_whole()
    {
        Calls.Fail("commit archive", new IOException("The disk is gone."));

        var failure = Assert.ThrowsAsync<RunFailedException>(() => Set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        AssertNothingHasChanged();
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    public async Task A_run_that_nothing_undoes_defers_no_flush(bool backs, bool rollsBack)
    {
        var manager = Set.Manager(
            options => (options.BackupBeforeMigration, options.RollbackOnFailure) = (backs, rollsBack),
            Succeeding
        );

        await manager.MigrateAsync();

        Assert.That(Calls.Log, Has.Member("migrate shop").And.No.Member("begin shop"));
    }

    [Test]
    public async Task A_run_with_nothing_pending_holds_nothing_and_has_no_phase()
    {
        var progress = new PhaseRecorder();

        var summary = await Set.Manager(Set.Database("shop"), Set.Database("archive")).MigrateAsync(progress);

        Assert.That(summary.Success);
        Assert.That(Calls.Log, Is.Empty);
        Assert.That(progress.Phases, Is.Empty);
    }
}
