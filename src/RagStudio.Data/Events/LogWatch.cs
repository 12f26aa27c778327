namespace RagStudio.Data;

/// <summary>Waits until the event log may have changed, without keeping a statement or a transaction open.</summary>
internal abstract class LogWatch : IAsyncDisposable
{
    /// <summary>Waits for a change since the watch was opened, or since this method returned last.</summary>
    public abstract Task WaitAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
