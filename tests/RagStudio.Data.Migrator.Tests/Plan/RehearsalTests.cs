using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

/// <summary>Rehearsals of storages that are no files.</summary>
internal sealed class RehearsalTests : FakeSetTest
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(100);

    private static readonly FakeMigration FailThree = FakeMigration.Failing(
        "3",
        new InvalidOperationException("It broke.")
    );

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
    public async Task A_dry_run_without_a_place_for_copies_is_the_plan_and_says_why()
    {
        Set.Storage("shop").HasScratch = false;

        var summary = await Set.Manager(options => options.DryRun = true, Succeeding).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(summary.NotRehearsed, Does.Contain("fake://shop"));
        Assert.That(summary.Rehearsal, Is.Null);
        Assert.That(summary.Databases.SelectMany(database => database.Migrations), Is.Empty);
        Assert.That(
            summary.Plan!.Databases.Select(database => database.Migrations.Single().Version),
            Is.EqualTo(new[] { "2", "2" })
        );
        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_dry_run_without_a_place_for_copies_plans_up_to_the_version_that_it_was_given()
    {
        Set.Storage("shop").HasScratch = false;
        var shop = Set.Database("shop", AddTwo, FakeSet.AddRow("3", "three"));

        var summary = await Set.Manager(options => options.DryRun = true, shop).MigrateToVersionAsync("2");

        Assert.That(summary.Plan!.Databases[0].Migrations.Single().Version, Is.EqualTo("2"));
    }

    [Test]
    public void A_dry_run_without_a_place_for_copies_is_refused_as_the_run_is()
    {
        Set.Storage("shop").HasScratch = false;
        var older = FakeSet.AddRow("0", "older");

        Assert.ThrowsAsync<PlanRefusedException>(() =>
            Set.Manager(options => options.DryRun = true, Set.Database("shop", older)).MigrateAsync()
        );
    }

    [Test]
    public async Task A_run_in_a_transaction_goes_on_without_a_rehearsal_and_says_so()
    {
        using var set = new FakeSet(isTransactional: true);
        await set.CreateAsync("shop");
        set.Storage("shop").HasScratch = false;

        var summary = await set.Manager(Always, set.Database("shop", AddTwo)).MigrateAsync();

        Assert.That(summary.NotRehearsed, Does.Contain("fake://shop"));
        Assert.That(set.State("shop"), Is.EqualTo("1 2 | mine two"));
    }

    [Test]
    public async Task A_run_in_a_transaction_goes_on_without_a_copy_that_cannot_be_made_and_a_dry_run_plans()
    {
        using var set = new FakeSet(isTransactional: true);
        await set.CreateAsync("shop");
        set.Storage("shop").CannotClone = "the role may not.";

        var planned = await set.Manager(options => options.DryRun = true, set.Database("shop", AddTwo)).MigrateAsync();
        var summary = await set.Manager(Always, set.Database("shop", AddTwo)).MigrateAsync();

        Assert.That(planned.NotRehearsed, Is.EqualTo("the role may not."));
        Assert.That(planned.Plan!.Databases.Single().Migrations, Has.Count.EqualTo(1));
        Assert.That(summary.NotRehearsed, Is.EqualTo("the role may not."));
        Assert.That(set.State("shop"), Is.EqualTo("1 2 | mine two"));
        Assert.That(set.Server.Keys.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rehearsal_on_a_part_of_the_rows_says_so_if_it_fails_too()
    {
        using var set = new FakeSet(isTransactional: true);
        await set.CreateAsync("shop");
        set.Storage("shop").Cloned = [new ClonedTable("rows", 10, 400), new ClonedTable("small", 2, 2)];

        var summary = await set.Manager(Always, set.Database("shop", AddTwo)).MigrateAsync();
        var failure = Assert.ThrowsAsync<RehearsalFailedException>(() =>
            set.Manager(Always, set.Database("shop", AddTwo, FailThree)).MigrateAsync()
        );

        Assert.That(summary.Rehearsal!.Sample!.Tables, Is.EqualTo(new[] { "rows" }));
        Assert.That((summary.Rehearsal.Sample.Rows, summary.Rehearsal.Sample.TotalRows), Is.EqualTo((12L, 402L)));
        Assert.That(failure!.Message, Does.Contain("12 of about 402 rows"));
        Assert.That(failure.Report.Sample!.TotalRows, Is.EqualTo(402));
    }

    [Test]
    public async Task The_time_of_locks_is_estimated_from_the_rehearsal_and_compared_with_that_of_the_run()
    {
        using var set = new FakeSet(isTransactional: true);
        await set.CreateAsync("shop");
        set.Storage("shop").Cloned = [new ClonedTable("rows", 10, 400)];
        set.Storage("shop").LocksHeld = TimeSpan.FromSeconds(3);

        var dryRun = await set.Manager(options => options.DryRun = true, set.Database("shop", AddTwo)).MigrateAsync();
        var summary = await set.Manager(Always, set.Database("shop", AddTwo)).MigrateAsync();

        // The migration changes data, and the rest of the time belongs to checks: both are scaled by all rows.
        var rehearsed = dryRun.Rehearsal!.Databases[0].Migrations[0].Duration;
        Assert.That(dryRun.Rehearsal.LockEstimate!.Migrations, Is.EqualTo(rehearsed * 40).Within(Tick));
        Assert.That(
            dryRun.Rehearsal.LockEstimate.Checks,
            Is.EqualTo((TimeSpan.FromSeconds(3) - rehearsed) * 40).Within(Tick)
        );
        Assert.That(dryRun.LocksHeld, Is.Null);
        Assert.That(summary.LockEstimate!.Migrations, Is.EqualTo(summary.Rehearsal!.LockEstimate!.Migrations));
        // Those checks were made before, without a lock, and took no such time.
        Assert.That(summary.LockEstimate.Checks, Is.LessThan(TimeSpan.FromSeconds(3)));
        Assert.That(summary.LocksHeld, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task Rows_that_a_run_without_a_rehearsal_loses_are_found_before_its_commit()
    {
        using var set = new FakeSet(isTransactional: true);
        await set.CreateAsync("shop");
        set.Storage("shop").HasScratch = false;
        var lose = FakeMigration.Of("2", content => content.Tables["rows"].Clear());

        Assert.ThrowsAsync<ValidationFailedException>(() =>
            set.Manager(Always, set.Database("shop", lose)).MigrateAsync()
        );

        Assert.That(set.State("shop"), Is.EqualTo(Before));
    }

    [Test]
    public void A_run_that_is_undone_by_restoring_demands_the_rehearsal()
    {
        Set.Storage("shop").HasScratch = false;

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() =>
            Set.Manager(Always, Succeeding).MigrateAsync()
        );

        Assert.That(failure!.Message, Does.Contain("fake://shop").And.Contain("RehearseBeforeMigrate"));
        AssertNothingHasChanged();
    }

    private static void Always(MigrationOptions options) => options.RehearseBeforeMigrate = RehearsalPolicy.Always;
}
