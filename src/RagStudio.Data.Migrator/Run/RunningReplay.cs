using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A replay on another core, beside a run that needs its result later or not at all. Disposing it ends it.
/// </summary>
internal sealed class RunningReplay : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile Action<long, long>? _report;

    /// <param name="replay">The replay, which reports its progress and can be stopped.</param>
    public RunningReplay(Func<Action<long, long>, CancellationToken, Task<DatabaseSchema>> replay)
    {
        var stop = _stop.Token;
        Result = Task.Run(() => replay((done, total) => _report?.Invoke(done, total), stop), stop);
        // Whoever needs the result sees the failure; perhaps nobody does.
        _ = Result.ContinueWith(
            failed => failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private Task<DatabaseSchema> Result { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Waits for the result, and reports the progress meanwhile.</summary>
    /// <returns>The schema; <see langword="null"/> if it was stopped.</returns>
    /// <exception cref="SchemaUnknownException">The schema cannot be determined.</exception>
    public async Task<DatabaseSchema?> WaitAsync(Action<long, long>? report, CancellationToken cancellationToken)
    {
        _report = report;
        try
        {
            return await Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _report = null;
        }
    }
}
