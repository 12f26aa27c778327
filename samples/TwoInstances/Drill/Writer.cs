using System.Diagnostics;

namespace Notes.Drill;

/// <summary>Stores notes one after another, as a client behind a load balancer: an instance that fails is not asked twice.</summary>
internal sealed class Writer(IReadOnlyList<Instance> instances)
{
    private readonly List<Guid> _acknowledged = [];
    private Task _work = Task.CompletedTask;
    private volatile int _count;
    private volatile bool _ends;

    /// <summary>How many notes were acknowledged until now.</summary>
    public int Count => _count;

    /// <summary>The longest time that a note took, retries included.</summary>
    public TimeSpan Longest { get; private set; }

    public void Start() => _work = WriteAsync();

    /// <returns>The notes that were acknowledged, and have to be there.</returns>
    public async Task<IReadOnlyList<Guid>> EndAsync()
    {
        _ends = true;
        await _work;
        return _acknowledged;
    }

    private async Task WriteAsync()
    {
        var next = 0;
        while (!_ends)
        {
            var id = Guid.CreateVersion7();
            var clock = Stopwatch.StartNew();
            while (!await instances[next].PutAsync(id))
            {
                next = (next + 1) % instances.Count;
                await Task.Delay(20);
            }
            Longest = clock.Elapsed > Longest ? clock.Elapsed : Longest;
            _acknowledged.Add(id);
            _count = _acknowledged.Count;
            next = (next + 1) % instances.Count;
        }
    }
}
