using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class VisibilityTests(DataProvider provider) : DatabaseTests(provider)
{
    private const int Writers = 16;
    private const int Streams = 4;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("RAGSTUDIO_ROUNDS") == "full";

    [Test, Category("Figure")]
    public async Task A_reader_with_a_checkpoint_misses_nothing_and_no_stream_has_a_gap()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(IsFull ? 60 : 1.5));
        var time = Stopwatch.StartNew();
        var writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => WriteAsync(i, end.Token))));
        var seen = await FollowAsync(writers);
        var seconds = time.Elapsed.TotalSeconds;

        var written = (await writers).Sum();
        using var context = Data.Events.CreateDbContext();
        var stored = await context.Events.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
        var gaps = stored
            .GroupBy(row => row.AggregateId)
            .Count(stream => !stream.Select((row, i) => row.SequenceNumber == i + 1).All(isNext => isNext));
        var missed = stored.Select(row => row.Id).Except(seen).Count();
        TestContext.Out.WriteLine(
            FormattableString.Invariant(
                $"figure: {Provider}, {Writers} writers, {seconds:0} s: {written} events, {written / seconds:0}/s, {gaps} streams with gaps, {missed} missed"
            )
        );
        Assert.That((stored.Count, gaps, missed), Is.EqualTo((written, 0, 0)));
        Assert.That(seen, Is.Ordered.And.Unique);
        Assert.That(written, Is.GreaterThan(Writers));
    }

    [Test]
    public async Task An_event_waits_for_one_that_was_written_earlier_and_is_not_visible_yet()
    {
        using var context = Data.Events.CreateDbContext();
        using var transaction = await context.Database.BeginWriteAsync(CancellationToken.None);
        using var writer = new EventWriter(context, Data.Time);
        await writer.WriteAsync(EventStreams.Kb, 1, EventStreams.Event("first"), CancellationToken.None);

        var second = Task.Run(() => Data.EventStore.AppendAsync(EventStreams.OtherKb, [EventStreams.Event("second")]));
        var ended = await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(300)));
        Assert.That(ended, Is.Not.SameAs(second));
        Assert.That(await Data.EventStore.ReadAllAsync().TypesAsync(), Is.Empty);

        await transaction.CommitAsync();
        await second;
        Assert.That(await Data.EventStore.ReadAllAsync().TypesAsync(), Is.EqualTo("first second"));
    }

    private async Task<int> WriteAsync(int writer, CancellationToken end)
    {
        var stream = new StreamId("counter", $"{writer % Streams}");
        var written = 0;
        while (!end.IsCancellationRequested)
        {
            await Data.EventStore.AppendAsync(
                stream,
                [EventStreams.Event()],
                cancellationToken: CancellationToken.None
            );
            written++;
        }
        return written;
    }

    // Once more after the last write.
    private async Task<List<long>> FollowAsync(Task writers)
    {
        var checkpoints = new CheckpointStore(Data.Events, Data.Time);
        var seen = new List<long>();
        bool isLast;
        do
        {
            isLast = writers.IsCompleted;
            var before = await checkpoints.GetAsync("reader");
            var page = await Data.EventStore.ReadAllAsync(before).Select(stored => stored.Id).ToListAsync();
            seen.AddRange(page);
            if (page.Count > 0)
            {
                await checkpoints.AdvanceAsync("reader", page[^1]);
            }
        } while (!isLast);
        return seen;
    }
}
