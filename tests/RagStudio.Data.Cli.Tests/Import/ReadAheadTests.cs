using System.Runtime.CompilerServices;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReadAheadTests : IDisposable
{
    private readonly SemaphoreSlim _produced = new(0);
    private int _read;
    private bool _ended;

    public void Dispose() => _produced.Dispose();

    [Test]
    public async Task OneAhead_gives_every_item_in_its_order()
    {
        var items = new List<int>();
        await foreach (var item in Numbers(5).OneAhead(CancellationToken.None))
        {
            items.Add(item);
        }

        Assert.That(items, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    [Test]
    public async Task OneAhead_reads_the_next_item_while_one_is_worked_on_and_no_more()
    {
        await using var items = Numbers(5).OneAhead(CancellationToken.None).GetAsyncEnumerator();
        await items.MoveNextAsync();
        for (var item = 1; item <= 2; item++)
        {
            Assert.That(await _produced.WaitAsync(TimeSpan.FromSeconds(10)), Is.True, $"item {item} was not read");
        }
        Assert.That(_read, Is.EqualTo(2));
    }

    [Test]
    public void OneAhead_passes_on_what_the_reader_throws() =>
        Assert.That(
            async () =>
            {
                await foreach (var _ in Numbers(5, failAt: 3).OneAhead(CancellationToken.None)) { }
            },
            Throws.TypeOf<InvalidDataException>()
        );

    [Test]
    public async Task OneAhead_ends_the_reader_when_its_consumer_gives_up()
    {
        await foreach (var _ in Numbers(5).OneAhead(CancellationToken.None))
        {
            break;
        }

        Assert.That(_ended, Is.True);
    }

    private async IAsyncEnumerable<int> Numbers(
        int count,
        int failAt = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        try
        {
            for (var number = 1; number <= count; number++)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                if (number == failAt)
                {
                    throw new InvalidDataException();
                }

                Interlocked.Increment(ref _read);
                _produced.Release();
                yield return number;
            }
        }
        finally
        {
            _ended = true;
        }
    }
}
