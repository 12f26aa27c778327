using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.RollBack;

internal sealed class RollBackTests : FakeSetTest
{
    /// <summary>
    /// With "validated" in the journal, the next start only ends the run: if the run were being undone, a
    /// kill would leave one database new and one old.
    /// </summary>
    [TestCase(RunPoints.JournalValidated)]
    [TestCase(RunPoints.JournalEnded)]
    public async Task A_run_that_has_passed_its_checks_is_never_undone(string point)
    {
        RunPoints.At(point, () => throw new InvalidOperationException("The window is gone."));

        Assert.ThrowsAsync<InvalidOperationException>(() => Set.Manager(Succeeding).MigrateAsync());

        Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
        await Set.Manager(Succeeding).MigrateAsync();
        Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
        Assert.That(Set.Journal.Exists, Is.False);
    }

    [Test]
    public async Task A_failure_in_the_second_database_restores_both_and_is_kept_in_their_histories()
    {
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => Set.Manager(FailingSecond).MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Database, Is.EqualTo("archive"));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
            Assert.That(Set.History("shop")[^1].Event, Is.EqualTo(MigrationEvent.Failed));
            Assert.That(Set.History("archive")[^1].Version, Is.EqualTo("2"));
            Assert.That(Set.History("archive")[^1].Detail, Is.EqualTo("It broke."));
        });
        AssertNothingHasChanged();
        await AssertNothingIsHeldAsync();
    }

    [Test]
    public async Task A_cancelled_run_restores_both()
    {
        using var source = new CancellationTokenSource();
        var cancel = FakeMigration.Of("2", _ => source.Cancel());
        var manager = Set.Manager(Set.Database("shop", AddTwo), Set.Database("archive", cancel));

        var failure = Assert.CatchAsync<OperationCanceledException>(() => manager.MigrateAsync(null, source.Token));

        Assert.That(failure!.CancellationToken, Is.EqualTo(source.Token));
        AssertNothingHasChanged();
        await AssertNothingIsHeldAsync();
    }

    [Test]
    public void A_migration_whose_time_is_over_restores_both()
    {
        var endless = new FakeMigration("2", (_, token) => Task.Delay(Timeout.Infinite, token));
        var manager = Set.Manager(
            o => o.MigrationTimeout = TimeSpan.FromMilliseconds(100),
            Set.Database("shop", AddTwo),
            Set.Database("archive", endless)
        );

        using var source = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        var failure = Assert.ThrowsAsync<MigrationTimeoutException>(() => manager.MigrateAsync(null, source.Token));

        Assert.That(failure!.Limit, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        Assert.That(failure.Database, Is.EqualTo("archive"));
        AssertNothingHasChanged();
    }

    [Test]
    public void A_restore_that_fails_ends_in_an_error_with_both_causes_and_keeps_the_journal()
    {
        var cause = new IOException("The disk is gone.");
        Calls.Fail("restore archive", cause);

        var failure = Assert.ThrowsAsync<RollbackFailedException>(() => Set.Manager(FailingSecond).MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.InnerException, Is.SameAs(cause));
            Assert.That(failure.RunFailure.Message, Is.EqualTo("It broke."));
            Assert.That(failure.Message, Does.Contain("It broke.").And.Contain("The disk is gone."));
            Assert.That(failure.DataState, Is.EqualTo(DataState.NeedsAttention));
            Assert.That(
                Directory.GetFiles(failure.BackupPath!),
                Has.Length.EqualTo(4),
                "two copies, the manifest and the marker"
            );
            Assert.That(Set.Journal.Exists, Is.True);
        });
    }

    [Test]
    public async Task The_set_is_left_as_it_is_when_rollback_is_switched_off()
    {
        var manager = Set.Manager(o => o.RollbackOnFailure = false, FailingSecond);

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.DataState, Is.EqualTo(DataState.NeedsAttention));
            Assert.That(Calls.Log, Has.None.StartsWith("restore"));
            Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
            Assert.That(Set.State("archive"), Is.EqualTo(Before));
            Assert.That(Set.Journal.Exists, Is.False, "the next start must not restore it either");
        });
        Assert.That(await manager.Backups.ListAsync(), Has.Count.EqualTo(1));
        await Set.Manager(Succeeding).MigrateAsync();
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine two"));
    }

    [Test]
    public void A_database_that_is_new_is_taken_away_again()
    {
        var manager = Set.Manager(Set.Database("shop"), Set.Database("new", AddTwo), Set.Database("archive", Fail));

        Assert.ThrowsAsync<MigrationFailedException>(() => manager.MigrateAsync());

        Assert.That(Set.Storage("new").Exists, Is.False);
        AssertNothingHasChanged();
    }

    [Test]
    public void A_rollback_without_a_way_back_is_refused_before_anything_is_done()
    {
        var manager = Set.Manager(Set.Database("shop"), Set.Database("archive", FakeMigration.Of("2", _ => { })));
        Assert.DoesNotThrowAsync(() => manager.MigrateAsync());
        Calls.Clear();

        var refusal = Assert.ThrowsAsync<RollbackNotSupportedException>(() => manager.RollbackToVersionAsync("1"));

        Assert.That(refusal!.Message, Does.Contain("archive"));
        Assert.That(Calls.Log, Is.EqualTo(new[] { "open shop", "open archive", "close archive", "close shop" }));
    }

    [Test]
    public async Task A_rollback_reverts_both_databases()
    {
        var manager = Set.Manager(Succeeding);
        await manager.MigrateAsync();

        var summary = await manager.RollbackToVersionAsync("1");

        Assert.That(summary.Success);
        Assert.That(Set.History("shop")[^1].Event, Is.EqualTo(MigrationEvent.Reverted));
        AssertNothingHasChanged();
    }
}
