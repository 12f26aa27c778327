using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>Reports the progress of runs to subscribers. See <see cref="IMigrationMonitor"/>.</summary>
internal sealed class MigrationMonitor(
    IEnumerable<IProgress<MigrationProgress>> registered,
    ILogger<MigrationMonitor> logger
) : IMigrationMonitor
{
    private readonly IProgress<MigrationProgress>[] _registered = [.. registered];
    private readonly Lock _gate = new();
    private readonly List<MigrationSubscription> _subscriptions = [];
    private volatile MigrationRunState _state = new(MigrationRunStatus.NotStarted);
    private int _running;

    public MigrationRunState Current => _state;

    public IDisposable Subscribe(IObserver<MigrationProgress> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new MigrationSubscription(
            observer,
            Remove,
            failure => Log.WatcherFailed(logger, failure.GetType().Name, failure)
        );
        lock (_gate)
        {
            if (_state.Latest is { } latest)
            {
                subscription.Add(to => to.OnNext(latest));
            }
            if (_state.Status is MigrationRunStatus.Succeeded or MigrationRunStatus.Failed)
            {
                subscription.Add(End(_state.Failure));
            }
            else
            {
                _subscriptions.Add(subscription);
            }
        }
        subscription.Deliver();
        return subscription;
    }

    /// <summary>Reports a run from beginning to end.</summary>
    public async Task<T> WatchAsync<T>(RunActivity activity, Func<Task<T>> run)
    {
        Begin(activity);
        try
        {
            var result = await run().ConfigureAwait(false);
            End(activity, failure: null);
            return result;
        }
        catch (Exception failure)
        {
            End(activity, failure);
            throw;
        }
    }

    public void Report(MigrationProgress value)
    {
        foreach (var progress in _registered)
        {
            try
            {
                progress.Report(value);
            }
            // A broken window is not a reason to undo a migration.
            catch (Exception failure)
            {
                Log.WatcherFailed(logger, failure.GetType().Name, failure);
            }
        }
        MigrationSubscription[] subscriptions;
        // Queued under the lock, so that all subscribers see the same order, and delivered outside it.
        lock (_gate)
        {
            _state = _state with { Latest = value };
            subscriptions = [.. _subscriptions];
            Array.ForEach(subscriptions, subscription => subscription.Add(to => to.OnNext(value)));
        }
        Array.ForEach(subscriptions, subscription => subscription.Deliver());
    }

    public void Begin(RunActivity activity)
    {
        lock (_gate)
        {
            if (_running++ == 0)
            {
                _state = new MigrationRunState(MigrationRunStatus.Running, activity);
            }
        }
    }

    public void End(RunActivity activity, Exception? failure)
    {
        MigrationSubscription[] ended;
        lock (_gate)
        {
            _running--;
            if (failure is not null && _state.Failure is null)
            {
                _state = _state with { Activity = activity, Failure = failure };
            }
            if (_running > 0)
            {
                return;
            }
            var status = _state.Failure is null ? MigrationRunStatus.Succeeded : MigrationRunStatus.Failed;
            _state = _state with { Status = status };
            ended = [.. _subscriptions];
            _subscriptions.Clear();
            Array.ForEach(ended, subscription => subscription.Add(End(_state.Failure)));
        }
        Array.ForEach(ended, subscription => subscription.Deliver());
    }

    private void Remove(MigrationSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    private static Action<IObserver<MigrationProgress>> End(Exception? failure) =>
        failure is null ? to => to.OnCompleted() : to => to.OnError(failure);
}
