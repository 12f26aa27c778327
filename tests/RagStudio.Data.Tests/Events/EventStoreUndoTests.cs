using static RagStudio.Data.Tests.EventStreams;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class EventStoreUndoTests(DataProvider provider) : DatabaseTests(provider)
{
    // u = undo, r = redo, anything else is an event of that type.
    [TestCase("a b c u", "a b")]
    [TestCase("a b c u r", "a b c")]
    [TestCase("a b c u u", "a")]
    [TestCase("a b c u u r", "a b")]
    [TestCase("a b c u u r r", "a b c")]
    [TestCase("a b c u u r u u", "")]
    [TestCase("a b u c", "a c")]
    [TestCase("a b u c u u", "")]
    [TestCase("a b u c u r", "a c")]
    [TestCase("a b c u u d e u r u u", "a")]
    [TestCase("a u r u r u", "")]
    public async Task Effective_stream_follows_undo_and_redo(string script, string effective)
    {
        await PlayAsync(script);

        Assert.That(await Data.EventStore.ReadEffectiveAsync(Kb).TypesAsync(), Is.EqualTo(effective));
    }

    [Test]
    public async Task Undo_appends_a_marker_that_names_the_event_and_changes_no_row()
    {
        await PlayAsync("a b");
        var before = await Data.EventStore.ReadAsync(Kb).Select(row => row.Checksum).ToListAsync();

        var undone = await Data.EventStore.UndoAsync(Kb, origin: new("anna", "t-1"));

        var after = await Data.EventStore.ReadAsync(Kb).ToListAsync();
        Assert.That(undone, Is.EqualTo(new Reversal(SequenceNumber: 2, Version: 3)));
        Assert.That(after.Take(2).Select(EventChecksum.Compute), Is.EqualTo(before));
        Assert.That(after[2].EventType, Is.EqualTo(UndoMarker.Undo));
        Assert.That(after[2].EventData, Is.EqualTo("""{"sequence_number":2}"""));
        Assert.That(after[2].UserId, Is.EqualTo("anna"));
        Assert.That(after[2].Checksum, Is.EqualTo(EventChecksum.Compute(after[2])));
    }

    [Test]
    public async Task Redo_tells_which_event_came_back()
    {
        await PlayAsync("a b u u");

        Assert.That(await Data.EventStore.RedoAsync(Kb), Is.EqualTo(new Reversal(SequenceNumber: 1, Version: 5)));
    }

    [TestCase("")]
    [TestCase("a u")]
    [TestCase("a b u u")]
    public async Task Undo_with_nothing_to_undo_returns_null_and_writes_nothing(string script)
    {
        await PlayAsync(script);
        var version = await Data.EventStore.GetVersionAsync(Kb);

        Assert.That(await Data.EventStore.UndoAsync(Kb), Is.Null);
        Assert.That(await Data.EventStore.GetVersionAsync(Kb), Is.EqualTo(version));
    }

    [TestCase("")]
    [TestCase("a")]
    [TestCase("a u r")]
    [TestCase("a b u c")]
    [TestCase("a b c u u d u r")]
    public async Task Redo_with_nothing_to_redo_returns_null_and_writes_nothing(string script)
    {
        await PlayAsync(script);
        var version = await Data.EventStore.GetVersionAsync(Kb);

        Assert.That(await Data.EventStore.RedoAsync(Kb), Is.Null);
        Assert.That(await Data.EventStore.GetVersionAsync(Kb), Is.EqualTo(version));
    }

    [Test]
    public async Task Undo_of_one_stream_leaves_others_alone()
    {
        await Data.EventStore.AppendAsync(OtherKb, [Event()]);
        await PlayAsync("a u");

        Assert.That(await Data.EventStore.UndoAsync(Kb), Is.Null);
        Assert.That(await Data.EventStore.ReadEffectiveAsync(OtherKb).NumbersAsync(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Undo_and_redo_with_a_stale_version_write_nothing()
    {
        await PlayAsync("a b u");

        var undo = Assert.ThrowsAsync<EventConcurrencyException>(() =>
            Data.EventStore.UndoAsync(Kb, ExpectedVersion.At(2))
        );
        Assert.ThrowsAsync<EventConcurrencyException>(() => Data.EventStore.RedoAsync(Kb, ExpectedVersion.At(2)));

        Assert.That((undo.ExpectedVersion, undo.ActualVersion), Is.EqualTo((2L, 3L)));
        Assert.That(Data.CountInEvents("events"), Is.EqualTo(3));
    }

    [Test]
    public async Task Undo_takes_each_event_away_once_when_many_undo_at_once()
    {
        await PlayAsync("a b c d e f");

        var undone = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Data.EventStore.UndoAsync(Kb)))
        );

        Assert.That(
            undone.Select(step => step?.SequenceNumber).Where(n => n > 0),
            Is.EquivalentTo(Enumerable.Range(1, 6))
        );
        Assert.That(undone.Count(step => step is null), Is.EqualTo(2));
        Assert.That(await Data.EventStore.ReadEffectiveAsync(Kb).TypesAsync(), Is.Empty);
    }

    [Test]
    public void Undo_takes_no_more_entries_than_it_must()
    {
        Assert.That(UndoHistory.NextUndo(NewestFirst()), Is.EqualTo(2));

        static IEnumerable<HistoryEntry> NewestFirst()
        {
            yield return new(4, UndoMarker.Undo, """{"sequence_number":3}""");
            yield return new(3, "b", null);
            yield return new(2, "a", null);
            throw new AssertionException("An entry was taken that the answer does not need.");
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Effective_stream_is_that_of_two_stacks_for_any_order_of_steps(int seed)
    {
        var random = new Random(seed);
        Stack<long> done = new();
        Stack<long> undone = new();

        for (var step = 0; step < 150; step++)
        {
            await StepAsync(random.Next(3), done, undone);
        }

        Assert.That(await Data.EventStore.ReadEffectiveAsync(Kb).NumbersAsync(), Is.EqualTo(done.Reverse()));
    }

    private async Task StepAsync(int kind, Stack<long> done, Stack<long> undone)
    {
        if (kind == 0)
        {
            done.Push(await Data.EventStore.AppendAsync(Kb, [Event()]));
            undone.Clear();
            return;
        }

        var (from, to) = kind == 1 ? (done, undone) : (undone, done);
        var step = kind == 1 ? await Data.EventStore.UndoAsync(Kb) : await Data.EventStore.RedoAsync(Kb);
        Assert.That(step?.SequenceNumber, Is.EqualTo(from.TryPop(out var top) ? top : null));
        if (step is not null)
        {
            to.Push(top);
        }
    }

    private async Task PlayAsync(string script)
    {
        foreach (var step in script.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await (
                step switch
                {
                    "u" => Data.EventStore.UndoAsync(Kb),
                    "r" => Data.EventStore.RedoAsync(Kb),
                    _ => (Task)Data.EventStore.AppendAsync(Kb, [Event(step)]),
                }
            );
        }
    }
}
