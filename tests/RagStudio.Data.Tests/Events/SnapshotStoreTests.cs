using static RagStudio.Data.Tests.EventStreams;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class SnapshotStoreTests(DataProvider provider) : DatabaseTests(provider)
{
    private SnapshotStore Snapshots => new(Data.Events, Data.Time);

    [Test]
    public async Task Load_without_a_snapshot_gives_all_events()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));

        var history = await Snapshots.LoadAsync(Kb);

        Assert.That(history.Snapshot, Is.Null);
        Assert.That(history.Version, Is.EqualTo(3));
        Assert.That(await history.Events.NumbersAsync(), Is.EqualTo(new long[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Load_goes_on_from_the_latest_snapshot()
    {
        await Data.EventStore.AppendAsync(Kb, Events(5));
        await Snapshots.SaveAsync(Kb, 2, """{"at":2}""");
        await Snapshots.SaveAsync(Kb, 4, """{"at":4}""");

        var history = await Snapshots.LoadAsync(Kb);

        Assert.That(history.Snapshot?.SnapshotData, Is.EqualTo("""{"at":4}"""));
        Assert.That(history.Snapshot?.CreatedAt, Is.EqualTo(Data.Time.GetUtcNow()));
        Assert.That(await history.Events.NumbersAsync(), Is.EqualTo(new long[] { 5 }));
    }

    [Test]
    public async Task Load_gives_the_events_of_its_version_also_when_they_are_read_later()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));
        var history = await Snapshots.LoadAsync(Kb);

        await Data.EventStore.UndoAsync(Kb);
        await Data.EventStore.AppendAsync(Kb, Events(1));

        Assert.That(await history.Events.NumbersAsync(), Is.EqualTo(new long[] { 1, 2, 3 }));
    }

    [TestCase(0, new long[] { 4, 5 }, TestName = "Load_uses_a_snapshot_that_nothing_was_undone_of")]
    [TestCase(2, new long[] { }, TestName = "Load_uses_a_snapshot_when_only_later_events_were_undone")]
    [TestCase(3, new long[] { 1, 2 }, TestName = "Load_leaves_out_a_snapshot_that_contains_an_undone_event")]
    public async Task Load_after_undoing(int steps, long[] numbers)
    {
        await Data.EventStore.AppendAsync(Kb, Events(5));
        await Snapshots.SaveAsync(Kb, 3, "{}");
        for (var i = 0; i < steps; i++)
        {
            await Data.EventStore.UndoAsync(Kb);
        }

        var history = await Snapshots.LoadAsync(Kb);

        Assert.That(history.Snapshot is null, Is.EqualTo(steps == 3));
        Assert.That(await history.Events.NumbersAsync(), Is.EqualTo(numbers));
    }

    [Test]
    public async Task Load_uses_a_snapshot_again_when_what_was_undone_of_it_came_back()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));
        await Snapshots.SaveAsync(Kb, 3, "{}");
        await Data.EventStore.UndoAsync(Kb);
        await Data.EventStore.RedoAsync(Kb);

        var history = await Snapshots.LoadAsync(Kb);

        Assert.That(history.Snapshot, Is.Not.Null);
        Assert.That(await history.Events.NumbersAsync(), Is.Empty);
    }

    [Test]
    public async Task Load_leaves_out_a_snapshot_that_lacks_an_event_brought_back_since()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));
        var undone = await Data.EventStore.UndoAsync(Kb);
        await Snapshots.SaveAsync(Kb, undone!.Version, "{}");
        await Data.EventStore.RedoAsync(Kb);

        var history = await Snapshots.LoadAsync(Kb);

        Assert.That(history.Snapshot, Is.Null);
        Assert.That(await history.Events.NumbersAsync(), Is.EqualTo(new long[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Save_never_replaces_a_newer_snapshot()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));
        await Snapshots.SaveAsync(Kb, 3, """{"at":3}""");

        Assert.That(await Snapshots.SaveAsync(Kb, 2, """{"at":2}"""), Is.False);
        Assert.That((await Snapshots.LoadAsync(Kb)).Snapshot?.SequenceNumber, Is.EqualTo(3));
    }

    [Test]
    public async Task Save_refuses_a_version_that_the_stream_does_not_have()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));

        Assert.That(await Snapshots.SaveAsync(Kb, 4, "{}"), Is.False);
        Assert.That(Data.CountInEvents("aggregate_snapshots"), Is.Zero);
    }

    [Test]
    public async Task Save_keeps_the_old_snapshot_when_the_new_one_is_not_json()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));
        await Snapshots.SaveAsync(Kb, 2, """{"at":2}""");

        Assert.ThrowsAsync<RowRefusedException>(() => Snapshots.SaveAsync(Kb, 3, "{"));

        Assert.That((await Snapshots.LoadAsync(Kb)).Snapshot?.SnapshotData, Is.EqualTo("""{"at":2}"""));
    }
}
