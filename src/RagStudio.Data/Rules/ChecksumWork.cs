namespace RagStudio.Data;

/// <summary>A filled batch to be verified once, by a thread of the pool or by the one that needs the result.</summary>
internal sealed class ChecksumWork
{
    private readonly Task _work;
    private int _isTaken;

    public ChecksumWork(ChecksumBatch batch)
    {
        Batch = batch;
        _work = Task.Run(CheckOnce);
    }

    public ChecksumBatch Batch { get; }

    /// <summary>
    /// Waits for the result. If no thread of the pool has started on it, this thread does the work: a pass
    /// never waits for a busy pool. A thread that comes too late does not touch the batch, which may hold
    /// other events by then.
    /// </summary>
    public void Finish()
    {
        if (!CheckOnce())
        {
            _work.GetAwaiter().GetResult();
        }
    }

    private bool CheckOnce()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) == 1)
        {
            return false;
        }
        Batch.Check();
        return true;
    }
}
