using static RagStudio.Data.Tests.EventStreams;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class EventStoreAppendTests(DataProvider provider) : DatabaseTests(provider)
{
    [Test]
    public async Task Append_numbers_a_stream_from_one_and_returns_its_version()
    {
        var store = Data.EventStore;

        var first = await store.AppendAsync(Kb, [Event(), Event()]);
        var second = await store.AppendAsync(Kb, [Event()]);
        await store.AppendAsync(OtherKb, [Event()]);

        Assert.That((first, second), Is.EqualTo((2L, 3L)));
        Assert.That(await store.ReadAsync(Kb).NumbersAsync(), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(await store.ReadAsync(OtherKb).NumbersAsync(), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public async Task Append_keeps_all_that_an_event_says()
    {
        var added = new NewEvent("imported", """{"kb_id":"kb-1"}""")
        {
            EventId = "e-1",
            Metadata = """{"source":"cli"}""",
            Origin = new("anna", "trace-1"),
        };

        await Data.EventStore.AppendAsync(Kb, [added]);

        var stored = await Data.EventStore.ReadAsync(Kb).SingleAsync();
        Assert.That(stored.EventId, Is.EqualTo("e-1"));
        Assert.That(stored.EventType, Is.EqualTo("imported"));
        Assert.That(stored.AggregateType, Is.EqualTo("knowledge_base"));
        Assert.That(stored.AggregateId, Is.EqualTo("kb-1"));
        Assert.That(stored.EventData, Is.EqualTo("""{"kb_id":"kb-1"}"""));
        Assert.That(stored.Metadata, Is.EqualTo("""{"source":"cli"}"""));
        Assert.That((stored.UserId, stored.TraceId), Is.EqualTo(("anna", "trace-1")));
        Assert.That(stored.Timestamp, Is.EqualTo(Data.Time.GetUtcNow()));
    }

    [Test]
    public async Task Append_gives_each_event_an_id_and_the_checksum_of_what_is_stored()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));

        var stored = await Data.EventStore.ReadAsync(Kb).ToListAsync();

        Assert.That(stored.Select(row => Guid.Parse(row.EventId).Version), Is.All.EqualTo(7));
        Assert.That(stored.Select(row => row.EventId), Is.Unique);
        Assert.That(stored.Select(row => row.Checksum), Is.EqualTo(stored.Select(EventChecksum.Compute)));
    }

    [Test]
    public async Task Append_with_a_stale_version_names_both_versions_and_writes_nothing()
    {
        await Data.EventStore.AppendAsync(Kb, Events(5));

        var error = Assert.ThrowsAsync<EventConcurrencyException>(() =>
            Data.EventStore.AppendAsync(Kb, Events(2), ExpectedVersion.At(3))
        );

        Assert.That((error.ExpectedVersion, error.ActualVersion), Is.EqualTo((3L, 5L)));
        Assert.That(error.Stream, Is.EqualTo(Kb));
        Assert.That(error.Message, Does.Contain("version 5, not at 3").And.Contain("Nothing was written"));
        Assert.That(Data.CountInEvents("events"), Is.EqualTo(5));
    }

    [Test]
    public async Task Append_with_the_right_version_writes()
    {
        Assert.That(await Data.EventStore.AppendAsync(Kb, [Event()], ExpectedVersion.NoEvents), Is.EqualTo(1));
        Assert.That(await Data.EventStore.AppendAsync(Kb, [Event()], ExpectedVersion.At(1)), Is.EqualTo(2));
    }

    [Test]
    public async Task Append_to_several_streams_writes_none_when_one_is_stale()
    {
        await Data.EventStore.AppendAsync(OtherKb, [Event()]);
        EventBatch[] batches = [new(Kb, Events(2)), new(OtherKb, Events(2), ExpectedVersion.NoEvents)];

        Assert.ThrowsAsync<EventConcurrencyException>(() => Data.EventStore.AppendAsync(batches));

        Assert.That(Data.CountInEvents("events"), Is.EqualTo(1));
    }

    [Test]
    public async Task Append_to_several_streams_returns_their_versions_in_order()
    {
        EventBatch[] batches = [new(Kb, Events(2)), new(OtherKb, Events(1)), new(Kb, Events(1))];

        Assert.That(await Data.EventStore.AppendAsync(batches), Is.EqualTo(new long[] { 2, 1, 3 }));
    }

    [Test]
    public async Task Append_writes_nothing_when_one_event_is_not_json()
    {
        NewEvent[] events = [Event(), new("broken", "{"), Event()];

        var error = Assert.ThrowsAsync<RowRefusedException>(() => Data.EventStore.AppendAsync(Kb, events));

        Assert.That(error.Reason, Is.EqualTo(RowRefusal.InvalidValue));
        Assert.That(Data.CountInEvents("events"), Is.Zero);
        Assert.That(await Data.EventStore.GetVersionAsync(Kb), Is.Zero);
    }

    [Test]
    public async Task Append_refuses_an_event_id_that_is_there_already()
    {
        var added = Event() with { EventId = "once" };
        await Data.EventStore.AppendAsync(Kb, [added]);

        var error = Assert.ThrowsAsync<RowRefusedException>(() =>
            Data.EventStore.AppendAsync(OtherKb, [Event(), added])
        );
        Assert.That(error.Reason, Is.EqualTo(RowRefusal.Duplicate));

        Assert.That(Data.CountInEvents("events"), Is.EqualTo(1));
    }

    [Test]
    public async Task Append_writes_nothing_when_it_is_cancelled_between_two_events()
    {
        using var cancellation = new CancellationTokenSource();
        var events = new CancellingCollection<NewEvent>(Events(10), after: 5, cancellation);

        Assert.That(
            () => Data.EventStore.AppendAsync(Kb, events, cancellationToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );

        Assert.That(Data.CountInEvents("events"), Is.Zero);
        Assert.That(await Data.EventStore.AppendAsync(Kb, [Event()]), Is.EqualTo(1));
    }

    [Test]
    public async Task Append_leaves_no_gap_and_no_duplicate_when_many_write_at_once()
    {
        const int Writers = 8;
        const int Appends = 25;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync)));

        var numbers = await Data.EventStore.ReadAsync(Kb).NumbersAsync();
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, Writers * Appends * 2)));

        async Task WriteAsync()
        {
            for (var i = 0; i < Appends; i++)
            {
                await Data.EventStore.AppendAsync(Kb, Events(2));
            }
        }
    }

    [Test]
    public async Task Append_with_an_expected_version_lets_one_of_many_win()
    {
        await Data.EventStore.AppendAsync(Kb, Events(3));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TryAsync)));

        Assert.That(outcomes.Count(won => won), Is.EqualTo(1));
        Assert.That(await Data.EventStore.GetVersionAsync(Kb), Is.EqualTo(4));

        async Task<bool> TryAsync()
        {
            try
            {
                await Data.EventStore.AppendAsync(Kb, [Event()], ExpectedVersion.At(3));
                return true;
            }
            catch (EventConcurrencyException)
            {
                return false;
            }
        }
    }

    [TestCase("$undo")]
    [TestCase("$anything")]
    [TestCase("")]
    public void NewEvent_refuses_a_type_that_is_not_the_applications(string type) =>
        Assert.That(() => new NewEvent(type, "{}"), Throws.InstanceOf<ArgumentException>());
}
