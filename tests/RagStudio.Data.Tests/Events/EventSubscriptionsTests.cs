using Microsoft.Data.Sqlite;
using static RagStudio.Data.Tests.EventStreams;

namespace RagStudio.Data.Tests;

[CancelAfter(30_000)]
[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class EventSubscriptionsTests(DataProvider provider) : DatabaseTests(provider)
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Test]
    public async Task Follow_catches_up_and_then_reads_what_this_process_appends_without_a_poll(CancellationToken token)
    {
        await Data.EventStore.AppendAsync(Kb, Events(300), cancellationToken: token);
        var positions = new List<long>();

        await foreach (var stored in Subscribe(Never).FollowAsync(cancellationToken: token))
        {
            positions.Add(stored.Id);
            if (positions.Count is 300 or 301)
            {
                // Appended while the subscription waits: it has asked for nothing more yet.
                _ = Task.Run(() => Data.EventStore.AppendAsync(OtherKb, Events(1), cancellationToken: token), token);
            }
            if (positions.Count == 302)
            {
                break;
            }
        }

        Assert.That(positions, Is.EqualTo(Enumerable.Range(1, 302)));
    }

    [Test]
    public async Task Follow_sees_what_another_process_appends_by_the_version_of_the_file_or_a_notification(
        CancellationToken token
    )
    {
        // A server tells; the next poll would be too late.
        TimeSpan? poll = Provider == DataProvider.PostgreSql ? Never : null;
        var other = new EventStore(Data.OpenAgain().Events, Data.Time);
        await other.AppendAsync(Kb, Events(2), cancellationToken: token);
        var positions = new List<long>();

        await foreach (var stored in Subscribe(poll).FollowAsync(1, token))
        {
            positions.Add(stored.Id);
            if (stored.Id == 4)
            {
                break;
            }
            _ = Task.Run(() => other.AppendAsync(Kb, Events(1), cancellationToken: token), token);
        }

        Assert.That(positions, Is.EqualTo(new[] { 2, 3, 4 }));
    }

    [Test]
    public async Task Run_hands_over_each_event_once_and_in_order_across_failures_and_restarts(CancellationToken token)
    {
        await Data.EventStore.AppendAsync(Kb, Events(5), cancellationToken: token);
        var handled = new List<long>();

        Assert.ThrowsAsync<InvalidOperationException>(() =>
            Subscribe()
                .RunAsync(
                    "search",
                    (stored, _) =>
                    {
                        handled.Add(stored.Id);
                        return stored.Id == 3 ? throw new InvalidOperationException() : Task.CompletedTask;
                    },
                    token
                )
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        Assert.CatchAsync<OperationCanceledException>(() =>
            Subscribe()
                .RunAsync(
                    "search",
                    (stored, _) =>
                    {
                        handled.Add(stored.Id);
                        return stored.Id == 5 ? stop.CancelAsync() : Task.CompletedTask;
                    },
                    stop.Token
                )
        );

        // The failed one again; the one during which the subscription was stopped is completed and stored.
        Assert.That(handled, Is.EqualTo(new[] { 1, 2, 3, 3, 4, 5 }));
        Assert.That(await new CheckpointStore(Data.Events, Data.Time).GetAsync("search", token), Is.EqualTo(5));
    }

    [Test]
    public async Task A_waiting_subscription_blocks_neither_a_writer_nor_a_checkpoint_of_the_log(
        CancellationToken token
    )
    {
        var seen = new SemaphoreSlim(0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var running = Subscribe(Never).RunAsync("search", (_, _) => Task.FromResult(seen.Release()), stop.Token);
        await Data.EventStore.AppendAsync(Kb, Events(1), cancellationToken: token);
        await seen.WaitAsync(token);
        await Data.EventStore.AppendAsync(Kb, Events(1), cancellationToken: token);
        await seen.WaitAsync(token);

        if (Provider == DataProvider.Sqlite)
        {
            Assert.That(await EmptyTheLogAsync(token), Is.Zero, "a statement is open");
        }
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => running);
    }

    [Test]
    public async Task RunInTransaction_has_each_effect_once_with_two_processes_and_failures(CancellationToken token)
    {
        await Data.EventStore.AppendAsync(Kb, Events(20), cancellationToken: token);
        var effects = new StreamId("effect", "all");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);

        await Task.WhenAll(ProcessAsync(7), ProcessAsync(13));

        var copies = await Data.EventStore.ReadAsync(effects, cancellationToken: token).ToListAsync(token);
        Assert.That(
            copies.Select(copy => copy.EventData),
            Is.EqualTo(Enumerable.Range(1, 20).Select(id => $$"""{"of":{{id}}}"""))
        );

        async Task ProcessAsync(long failing)
        {
            var subscriptions = Subscribe();
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await subscriptions.RunInTransactionAsync("copy", TransactionKind.Events, HandleAsync, stop.Token);
                }
                catch (InvalidOperationException)
                {
                    failing = 0; // restarted after its failure
                }
                catch (OperationCanceledException) { }
            }

            async Task HandleAsync(StoredEvent stored, RagStudioTransaction transaction, CancellationToken cancellation)
            {
                if (stored.AggregateType == effects.AggregateType)
                {
                    await stop.CancelAsync(); // all others were handled before
                    return;
                }
                var copy = new NewEvent("copied", $$"""{"of":{{stored.Id}}}""");
                await transaction.Events.AppendAsync(effects, [copy], cancellationToken: cancellation);
                if (stored.Id == failing)
                {
                    throw new InvalidOperationException();
                }
            }
        }
    }

    [Test]
    public void RunInTransaction_refuses_what_would_commit_the_checkpoint_separately(
        [Values(TransactionKind.AppMetaThenEvents, TransactionKind.AppMeta)] TransactionKind kind
    ) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Subscribe().RunInTransactionAsync("x", kind, (_, _, _) => Task.CompletedTask, CancellationToken.None)
        );

    private EventSubscriptions Subscribe(TimeSpan? poll = null) =>
        new(Data.Events, Data.Transactions, TimeProvider.System)
        {
            PollInterval = poll ?? TimeSpan.FromMilliseconds(10),
        };

    /// <summary>Returns 0 if nobody reads.</summary>
    private async Task<long> EmptyTheLogAsync(CancellationToken token)
    {
        await using var connection = new SqliteConnection(Data.EventsDatabase.ConnectionString);
        await connection.OpenAsync(token);
        using var command = connection.CreateCommand();
        // Waits for a reader that comes to its end, but not for ever.
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA wal_checkpoint(TRUNCATE)";
        using var reader = await command.ExecuteReaderAsync(token);
        await reader.NextResultAsync(token);
        await reader.ReadAsync(token);
        return reader.GetInt64(0);
    }
}
