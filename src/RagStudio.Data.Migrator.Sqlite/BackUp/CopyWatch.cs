using System.Diagnostics;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>Tracks the progress of a copy, and stops it at its time limit.</summary>
internal sealed class CopyWatch(IProgress<(long Copied, long Total)>? progress, WorkLimits limits)
{
    private readonly long _begun = Stopwatch.GetTimestamp();

    public CancellationToken Token => limits.Token;

    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was canceled.</exception>
    public void ThrowIfOver()
    {
        limits.Token.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(_begun) > limits.Timeout)
        {
            throw new TimeoutException($"Timed out after {limits.Timeout?.TotalSeconds:0.###} s.");
        }
    }

    public void Report(long bytes, long total) => progress?.Report((bytes, total));
}
