using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>Runs every run of a manager, and tells of its begin and its end: to the monitor, to the activities, to the log.</summary>
/// <param name="monitor">Who is told; nobody, where the run is on copies and a part of another one.</param>
/// <param name="logger">The log.</param>
internal sealed class WatchedRuns(MigrationMonitor? monitor, ILogger logger)
{
    public Task<T> RunAsync<T>(MigrationRun run, Func<Task<T>> work) =>
        monitor is null ? work() : monitor.WatchAsync(run.Activity, () => TraceAsync(run, work));

    /// <summary>What the run tells: to the caller, whose exceptions are the run's, and to everybody else.</summary>
    public IProgress<MigrationProgress>? Join(IProgress<MigrationProgress>? caller) =>
        monitor is null ? caller : new Joined(caller, monitor);

    private async Task<T> TraceAsync<T>(MigrationRun run, Func<Task<T>> work)
    {
        run.Trace = new RunTrace(run.Activity, run.Set, run.Id);
        try
        {
            var result = await work().ConfigureAwait(false);
            run.Trace.End(run.Elapsed, failure: null);
            return result;
        }
        catch (Exception failure)
        {
            run.Trace.End(run.Elapsed, failure);
            LogEnd(run, failure);
            throw;
        }
    }

    /// <summary>In one sentence: the exception is the caller's to tell.</summary>
    private void LogEnd(MigrationRun run, Exception failure)
    {
        var state = (failure as MigrationException)?.DataState;
        if (failure is MigrationException { Phase: MigrationPhase.Plan })
        {
            Log.Refused(logger, run.Id, failure.GetType().Name, failure.Message);
        }
        // What was changed and undone was told by the rollback; whoever cancels knows.
        else if (failure is not OperationCanceledException && IsEarly(run, state))
        {
            Log.Ended(logger, run.Id, run.Phase, failure.GetType().Name, failure.Message);
        }
    }

    private static bool IsEarly(MigrationRun run, DataState? state) =>
        state is null or DataState.Unchanged || run.Phase == MigrationPhase.Recover;

    private sealed class Joined(IProgress<MigrationProgress>? caller, MigrationMonitor monitor)
        : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value)
        {
            monitor.Report(value);
            caller?.Report(value);
        }
    }
}
