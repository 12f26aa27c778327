using Microsoft.EntityFrameworkCore;
using static RagStudio.Data.Tests.EventStreams;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class EventStoreReadTests(DataProvider provider) : DatabaseTests(provider)
{
    [Test]
    public async Task Read_gives_every_event_once_and_in_order_over_many_pages()
    {
        EventBatch[] interleaved = [.. Enumerable.Range(0, 700).SelectMany(_ => BothStreams())];
        await Data.EventStore.AppendAsync(interleaved);

        Assert.That(await Data.EventStore.ReadAsync(Kb).NumbersAsync(), Is.EqualTo(Enumerable.Range(1, 700)));

        static EventBatch[] BothStreams() => [new(OtherKb, Events(1)), new(Kb, Events(1))];
    }

    [Test]
    public async Task Read_begins_at_the_given_sequence_number()
    {
        await Data.EventStore.AppendAsync(Kb, Events(300));

        Assert.That(
            await Data.EventStore.ReadAsync(Kb, fromSequenceNumber: 298).NumbersAsync(),
            Is.EqualTo(new long[] { 298, 299, 300 })
        );
    }

    [Test]
    public async Task Read_gives_all_of_a_stream_whose_events_are_large()
    {
        var large = new NewEvent("large", $"\"{new string('x', 700_000)}\"");
        await Data.EventStore.AppendAsync(Kb, [large, large, large, large, large]);

        Assert.That(await Data.EventStore.ReadAsync(Kb).NumbersAsync(), Is.EqualTo(Enumerable.Range(1, 5)));
    }

    [Test]
    public async Task Read_of_a_stream_without_events_is_empty() =>
        Assert.That(await Data.EventStore.ReadAsync(Kb).NumbersAsync(), Is.Empty);

    [Test]
    public async Task Read_tells_streams_of_the_same_id_and_another_type_apart()
    {
        await Data.EventStore.AppendAsync(Kb, Events(2));
        await Data.EventStore.AppendAsync(new StreamId("pipeline", Kb.AggregateId), Events(3));

        Assert.That(await Data.EventStore.ReadAsync(Kb).NumbersAsync(), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task ReadAll_gives_all_streams_in_the_order_of_writing_after_a_position()
    {
        await Data.EventStore.AppendAsync(Kb, Events(2));
        await Data.EventStore.AppendAsync(OtherKb, Events(2));
        await Data.EventStore.AppendAsync(Kb, Events(1));
        var all = await Data.EventStore.ReadAllAsync().ToListAsync();

        var rest = await Data.EventStore.ReadAllAsync(all[1].Id).ToListAsync();

        Assert.That(all.Select(row => row.Id), Is.Ordered.Ascending);
        Assert.That(
            rest.Select(row => (row.AggregateId, row.SequenceNumber)),
            Is.EqualTo(new[] { ("kb-2", 1L), ("kb-2", 2L), ("kb-1", 3L) })
        );
    }

    [Test]
    public async Task Read_holds_nothing_open_between_two_events()
    {
        await Data.EventStore.AppendAsync(Kb, Events(300));

        await using var events = Data.EventStore.ReadAsync(Kb).GetAsyncEnumerator();
        await events.MoveNextAsync();

        Assert.That(await HoldsNothingAsync(), Is.True);
        await Data.EventStore.AppendAsync(Kb, [Event()]);
    }

    [Test]
    public async Task Read_ends_when_it_is_cancelled()
    {
        await Data.EventStore.AppendAsync(Kb, Events(600));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        Assert.That(
            async () =>
            {
                await foreach (var _ in Data.EventStore.ReadAsync(Kb).WithCancellation(cancellation.Token))
                {
                    seen++;
                    await cancellation.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(seen, Is.LessThan(600));
    }

    private async Task<bool> HoldsNothingAsync()
    {
        using var context = Data.Events.CreateDbContext();
        // A statement left open would retain its part of the WAL, and the checkpoint would report "busy".
        var sql =
            Provider == DataProvider.Sqlite
                ? "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);"
                : "SELECT 0; SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()";
        await context.Database.OpenConnectionAsync();
        using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        using var reader = await command.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetInt64(0) == 0;
    }
}
