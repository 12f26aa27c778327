namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A fault at the statements that a predicate picks.</summary>
public sealed class Interruption
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Predicate<string> _statement;
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    internal Interruption(Predicate<string> statement, Fault fault, int times)
    {
        _statement = statement;
        Fault = fault;
        _left = times;
    }

    public Fault Fault { get; }

    public bool HasHappened => _happened.Task.IsCompleted;

    internal Task Released => _released.Task;

    /// <summary>Waits until the fault has happened once.</summary>
    /// <exception cref="TimeoutException">It has not happened within a minute.</exception>
    public Task HappenedAsync() => _happened.Task.WaitAsync(Limit);

    /// <summary>Lets go on what <see cref="Fault.Hold"/> keeps back.</summary>
    public void Release() => _released.TrySetResult();

    internal bool Takes(string statement) => _statement(statement) && Interlocked.Decrement(ref _left) >= 0;

    internal void Happens() => _happened.TrySetResult();
}
