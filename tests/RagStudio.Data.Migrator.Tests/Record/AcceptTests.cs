namespace RagStudio.Data.Migrator.Tests.Record;

/// <summary>
/// Version 2 of both databases was applied by a migration with a Down, which the program's migration lacks:
/// an edit.
/// </summary>
internal sealed class AcceptTests : FakeSetTest
{
    private static readonly FakeMigration Edited = AddTwo with { Down = null };

    private IMigrationManager Manager => Set.Manager(Set.Database("shop", Edited), Set.Database("archive", Edited));

    [SetUp]
    public async Task MigrateAndEdit()
    {
        await Set.Manager(Succeeding).MigrateAsync();
        Calls.Clear();
    }

    [Test]
    public async Task AcceptAsync_locks_the_set_and_adds_one_line_to_each_history()
    {
        var summary = await Manager.AcceptAsync("2", "It is right.");

        Assert.Multiple(() =>
        {
            Assert.That(summary.Databases.Select(d => d.Database), Is.EqualTo(new[] { "shop", "archive" }));
            Assert.That(
                Calls.Log,
                Is.EqualTo(
                    new[]
                    {
                        "open shop",
                        "open archive",
                        "append shop",
                        "append archive",
                        "close archive",
                        "close shop",
                    }
                )
            );
            Assert.That(Set.History("archive")[^1].Detail, Is.EqualTo("It is right."));
            Assert.That(Set.State("shop"), Is.EqualTo("1 2 | mine two"));
        });
        Assert.That((await Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public async Task AcceptAsync_that_fails_half_way_leaves_valid_lines_and_is_ended_by_another()
    {
        Calls.Fail("append archive", new IOException("The disk is full."));

        var failure = Assert.ThrowsAsync<RunFailedException>(() => Manager.AcceptAsync("2", "It is right."));

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Activity, Is.EqualTo(RunActivity.Accept));
            Assert.That(failure.DataState, Is.EqualTo(DataState.NeedsAttention));
            Assert.That(failure.Message, Does.Contain("The disk is full."));
            Assert.That(Set.History("shop")[^1].Event, Is.EqualTo(MigrationEvent.Accepted));
            Assert.That(Set.History("archive")[^1].Event, Is.EqualTo(MigrationEvent.Applied));
        });
        await AssertNothingIsHeldAsync();

        Calls.Succeed("append archive");
        var summary = await Manager.AcceptAsync("2", "It is right.");

        Assert.That(summary.Databases.Single().Database, Is.EqualTo("archive"));
        Assert.That((await Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [Test]
    public void AcceptAsync_whose_first_line_fails_has_changed_nothing()
    {
        Calls.Fail("append shop", new IOException("The disk is full."));

        var failure = Assert.ThrowsAsync<RunFailedException>(() => Manager.AcceptAsync("2", "It is right."));

        Assert.That(failure!.DataState, Is.EqualTo(DataState.Unchanged));
        Assert.That(Set.History("shop")[^1].Event, Is.EqualTo(MigrationEvent.Applied));
    }

    [Test]
    public async Task AcceptAsync_that_is_cancelled_accepts_nothing()
    {
        using var source = new CancellationTokenSource();
        Calls.On("open archive", source.Cancel);

        Assert.CatchAsync<OperationCanceledException>(() => Manager.AcceptAsync("2", "It is right.", source.Token));

        Assert.That(Set.History("shop")[^1].Event, Is.EqualTo(MigrationEvent.Applied));
        await AssertNothingIsHeldAsync();
    }

    [TestCase("")]
    [TestCase(" ")]
    public void AcceptAsync_wants_a_version_and_a_reason(string text)
    {
        Assert.ThrowsAsync<ArgumentException>(() => Manager.AcceptAsync(text, "It is right."));
        Assert.ThrowsAsync<ArgumentException>(() => Manager.AcceptAsync("2", text));
        Assert.That(Calls.Log, Is.Empty);
    }

    [Test]
    public void MigrateAsync_backs_up_and_migrates_nothing()
    {
        Assert.ThrowsAsync<MigrationDriftedException>(() => Manager.MigrateAsync());
        Assert.That(Calls.Log, Has.None.StartsWith("backup").And.None.StartsWith("migrate"));
    }
}
