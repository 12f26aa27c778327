namespace RagStudio.Data.Migrator.Tests.Validate;

internal sealed class DriftTests : FakeSetTest
{
    private static readonly FakeMigration AddTable = FakeMigration.Table("2", "more");

    private IMigrationManager Manager => Set.Manager(Set.Database("shop", AddTable), Set.Database("archive"));

    [Test]
    public async Task GetStatusAsync_replays_nothing_after_a_run_that_found_the_schema_as_it_should_be()
    {
        await Manager.MigrateAsync();
        Calls.Clear();

        var status = await Manager.GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(Calls.Replays, Is.Empty);
    }

    [Test]
    public async Task GetStatusAsync_names_the_database_and_what_is_wrong_with_it()
    {
        await Manager.MigrateAsync();
        Change("shop", content => content.Tables.Remove("more"));

        var status = await Manager.GetStatusAsync();

        Assert.Multiple(() =>
        {
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
            Assert.That(status.Databases[0].Drift, Is.EqualTo(new[] { "The table 'more' is missing." }));
            Assert.That(status.Databases[1].Drift, Is.Empty);
        });
    }

    [Test]
    public async Task GetStatusAsync_replays_once_where_the_applied_migrations_are_not_those_of_the_fingerprint()
    {
        await Manager.MigrateAsync();
        Change("archive", content => content.Caches.Remove("archive"));
        var manager = Manager;
        Calls.Clear();

        await manager.GetStatusAsync();
        var status = await manager.GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(Calls.Replays, Is.EqualTo(new[] { "archive" }));
    }

    [Test]
    public async Task GetStatusAsync_takes_a_table_that_nobody_makes_for_no_drift()
    {
        await Manager.MigrateAsync();
        Change("shop", content => content.Tables.Add("mine", []));

        Assert.That((await Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    private static IEnumerable<Exception> Failures =>
        [new InvalidOperationException("It needs rows."), new TaskCanceledException("A request took too long.")];

    [TestCaseSource(nameof(Failures))]
    public async Task GetStatusAsync_says_no_drift_where_the_schema_cannot_be_told(Exception failure)
    {
        await Manager.MigrateAsync();
        Change("shop", content => content.Tables.Clear());
        Calls.Fail("replay shop", failure);
        Calls.Clear();
        var manager = Manager;

        await manager.GetStatusAsync();
        var status = await manager.GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        Assert.That(status.Databases.SelectMany(database => database.Drift), Is.Empty);
        Assert.That(Calls.Replays, Is.EqualTo(new[] { "shop" }), "it is not tried again");
    }

    [Test]
    public async Task GetStatusAsync_says_no_drift_where_a_migration_is_unknown()
    {
        await Manager.MigrateAsync();
        var old = Set.Manager(Set.Database("shop"), Set.Database("archive"));
        Change("shop", content => content.Tables.Clear());

        var status = await old.GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Newer));
        Assert.That(status.Databases[0].Drift, Is.Empty);
    }

    [Test]
    public async Task GetStatusAsync_has_nothing_to_compare_where_no_migration_is_applied()
    {
        Set.Storage("new").Write(new FakeContent { Tables = { ["mine"] = [] } });

        var status = await Set.Manager(Set.Database("new")).GetStatusAsync();

        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Empty));
        Assert.That(Calls.Replays, Is.Empty);
    }

    [Test]
    public async Task Drift_is_graver_than_a_pending_migration_and_does_not_keep_it_from_being_applied()
    {
        Change("shop", content => content.Tables.Add("mine", []));
        Change("archive", content => content.Tables.Remove("rows"));
        Assert.That((await Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Drifted));

        var summary = await Manager.MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(
            summary.Reports.SelectMany(report => report.Warnings.Select(w => (report.Database, w.Kind))),
            Is.EquivalentTo(
                new[]
                {
                    ("shop", ValidationWarningKind.UnexpectedTable),
                    ("archive", ValidationWarningKind.ExistingDamage),
                }
            )
        );
        Assert.That((await Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.Drifted), "it still is");
    }

    [Test]
    public void A_run_that_makes_another_schema_than_its_migrations_is_undone()
    {
        var forgetful = FakeMigration.Of("2", _ => { }) with { Creates = "more" };

        var failure = Assert.ThrowsAsync<ValidationFailedException>(() =>
            Set.Manager(Set.Database("shop", forgetful), Set.Database("archive")).MigrateAsync()
        );

        Assert.That(
            failure!.Reports.SelectMany(report => report.Errors).Select(error => (error.Kind, error.Table)),
            Is.EqualTo(new[] { (ValidationErrorKind.MissingTable, "more") })
        );
        AssertNothingHasChanged();
    }

    [Test]
    public async Task MigrateAsync_reads_no_schema_when_nothing_is_pending()
    {
        await Manager.MigrateAsync();
        Change("shop", content => content.Tables.Remove("more"));
        Calls.Clear();

        await Manager.MigrateAsync();

        Assert.That(Calls.Log.Concat(Calls.Replays), Is.Empty);
    }

    private void Change(string name, Action<FakeContent> change)
    {
        var content = Set.Storage(name).Read();
        change(content);
        Set.Storage(name).Write(content);
    }
}
