namespace RagStudio.Data.Migrator.Tests.Validate;

internal sealed class NewDamageTests : FakeSetTest
{
    private static readonly FakeMigration BreakReference = FakeSet.AddRow("2", "-> nowhere");

    private FakeDatabase[] BreakingSecond => [Set.Database("shop", AddTwo), Set.Database("archive", BreakReference)];

    [Test]
    public void Damage_that_a_run_makes_fails_it_and_is_undone()
    {
        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => Set.Manager(BreakingSecond).MigrateAsync());

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Phase, Is.EqualTo(MigrationPhase.Validate));
            Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
            Assert.That(failure.Message, Does.Contain("-> nowhere"));
            Assert.That(
                failure.Reports.Select(report => (report.Database, report.ErrorCount)),
                Is.EqualTo(new[] { ("shop", 0L), ("archive", 1L) })
            );
        });
        AssertNothingHasChanged();
    }

    [Test]
    public async Task Damage_that_was_there_before_is_tolerated_and_left()
    {
        Set.Add("archive", "-> lost");

        var summary = await Set.Manager(Succeeding).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine -> lost two"));
    }

    [Test]
    public void Only_the_new_damage_beside_an_old_one_is_counted()
    {
        Set.Add("archive", "-> lost");

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() => Set.Manager(BreakingSecond).MigrateAsync());

        Assert.That(failure!.Reports.Sum(report => report.ErrorCount), Is.EqualTo(1));
        Assert.That(Set.State("archive"), Is.EqualTo("1 | mine -> lost"));
    }

    [Test]
    public async Task Nothing_is_checked_when_validation_is_switched_off()
    {
        await Set.Manager(o => o.ValidateAfterMigration = false, BreakingSecond).MigrateAsync();

        Assert.That(Calls.Log, Has.None.StartsWith("check"));
        Assert.That(Set.State("archive"), Is.EqualTo("1 2 | mine -> nowhere"));
    }

    [Test]
    public void A_check_that_fails_itself_undoes_the_run()
    {
        Calls.On("migrate archive", () => Calls.Fail("check archive", new TimeoutException("It took too long.")));

        var failure = Assert.ThrowsAsync<RunFailedException>(() => Set.Manager(Succeeding).MigrateAsync());

        Assert.That(failure!.Phase, Is.EqualTo(MigrationPhase.Validate));
        AssertNothingHasChanged();
    }
}
