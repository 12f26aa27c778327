namespace RagStudio.Data.Migrator;

/// <summary>
/// Delivers to one observer, one call at a time. A caller that arrives during a call leaves its item to that call: no
/// caller waits for an observer that waits for a window.
/// </summary>
internal sealed class MigrationSubscription(
    IObserver<MigrationProgress> observer,
    Action<MigrationSubscription> removed,
    Action<Exception> threw
) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action<IObserver<MigrationProgress>>> _waiting = [];
    private bool _delivering;
    private volatile bool _disposed;

    public void Add(Action<IObserver<MigrationProgress>> call)
    {
        lock (_gate)
        {
            _waiting.Enqueue(call);
        }
    }

    public void Deliver()
    {
        while (TakeNext() is { } call)
        {
            try
            {
                call(observer);
            }
            // A broken window is not a reason to undo a migration.
            catch (Exception failure)
            {
                Dispose();
                threw(failure);
            }
            lock (_gate)
            {
                _delivering = false;
            }
        }
    }

    public void Dispose()
    {
        _disposed = true;
        removed(this);
    }

    private Action<IObserver<MigrationProgress>>? TakeNext()
    {
        lock (_gate)
        {
            if (_disposed || _delivering || !_waiting.TryDequeue(out var next))
            {
                return null;
            }
            _delivering = true;
            return next;
        }
    }
}
