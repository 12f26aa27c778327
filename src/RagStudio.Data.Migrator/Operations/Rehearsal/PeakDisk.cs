using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Tracks the peak size of the copies: at each step of a run, and many times a second in between.</summary>
internal sealed class PeakDisk : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly IScratch _scratch;
    private readonly PeriodicTimer _timer;
    private readonly Task _watching;
    private long _bytes;

    public PeakDisk(IScratch scratch, TimeProvider time)
    {
        _scratch = scratch;
        _timer = new PeriodicTimer(Interval, time);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>The peak size in bytes so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Look()
    {
        try
        {
            var bytes = _scratch.Bytes;
            lock (_gate)
            {
                Volatile.Write(ref _bytes, Math.Max(_bytes, bytes));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file that SQLite removes during the scan is counted the next time, if at all.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching.ConfigureAwait(false);
    }

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            Look();
        }
    }
}
