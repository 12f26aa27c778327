namespace RagStudio.Data.Migrator.Tests.Plan;

/// <summary>Rehearsals of storages that are no files.</summary>
internal sealed class RehearsalTests : FakeSetTest
{
    [Test]
    public async Task A_dry_run_works_on_copies_in_the_provider_s_own_place_and_removes_them()
    {
        var copies = new List<string>();
        Calls.On(
            "migrate archive",
            () => copies.AddRange(Set.Server.Keys.Where(key => key.Contains("rehearsal", StringComparison.Ordinal)))
        );

        var summary = await Set.Manager(options => options.DryRun = true, Succeeding).MigrateAsync();

        Assert.That(
            summary.Rehearsal!.Databases.Select(d => d.Migrations.Single().Version),
            Is.EqualTo(new[] { "2", "2" })
        );
        Assert.That(copies, Has.Count.EqualTo(2));
        Assert.That(Set.Server.Keys, Is.EquivalentTo(new[] { Set.Storage("shop").Key, Set.Storage("archive").Key }));
        AssertNothingHasChanged();
    }

    [Test]
    public async Task The_copies_of_a_rehearsal_that_fails_are_removed_too()
    {
        Assert.ThrowsAsync<RehearsalFailedException>(() =>
            Set.Manager(options => options.DryRun = true, FailingSecond).MigrateAsync()
        );

        Assert.That(Set.Server.Keys.Count(), Is.EqualTo(2));
        AssertNothingHasChanged();
        await AssertNothingIsHeldAsync();
    }

    [Test]
    public void A_dry_run_says_that_a_provider_has_no_place_for_copies()
    {
        Set.Storage("shop").HasScratch = false;

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() =>
            Set.Manager(options => options.DryRun = true, Succeeding).MigrateAsync()
        );

        Assert.That(failure!.Message, Does.Contain("fake://shop").And.Contain("RehearseBeforeMigrate"));
        AssertNothingHasChanged();
    }
}
