using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Runs every operation of a manager, and reports its beginning and end to the monitor, the activities and
/// the log.
/// </summary>
internal sealed class WatchedRuns(MigrationMonitor monitor, ILogger<MigrationManager> logger)
{
    public async Task<TResult> RunAsync<TResult>(Operation<TResult> operation, CancellationToken cancellationToken)
    {
        var run = operation.Run;
        monitor.Begin(run.Activity);
        run.Trace = new RunTrace(run.Activity, run.Set, run.Id);
        try
        {
            var result = await operation.RunAsync(cancellationToken).ConfigureAwait(false);
            run.Trace.End(run.Elapsed, failure: null);
            monitor.End(run.Activity, failure: null);
            return result;
        }
        catch (Exception failure)
        {
            run.Trace.End(run.Elapsed, failure);
            LogEnd(run, failure);
            monitor.End(run.Activity, failure);
            throw;
        }
    }

    /// <summary>
    /// Reports progress to the caller, whose exceptions fail the run, and to all other observers, whose exceptions do
    /// not.
    /// </summary>
    public IProgress<MigrationProgress> Join(IProgress<MigrationProgress>? caller) =>
        new DirectProgress<MigrationProgress>(value =>
        {
            monitor.Report(value);
            caller?.Report(value);
        });

    /// <summary>Logs one sentence only: the exception goes to the caller.</summary>
    private void LogEnd(MigrationRun run, Exception failure)
    {
        var state = (failure as MigrationException)?.DataState;
        if (failure is MigrationException { Phase: MigrationPhase.Plan })
        {
            Log.Refused(logger, run.Id, failure.GetType().Name, failure.Message);
        }
        // The undo has already logged what was changed and undone, and the caller has canceled the run itself.
        else if (failure is not OperationCanceledException && IsEarly(run, state))
        {
            Log.Ended(logger, run.Id, run.Phase, failure.GetType().Name, failure.Message);
        }
    }

    private static bool IsEarly(MigrationRun run, DataState? state) =>
        state is null or DataState.Unchanged || run.Phase == MigrationPhase.Recover;
}
