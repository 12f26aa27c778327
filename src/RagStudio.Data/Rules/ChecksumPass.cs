using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>
/// Reads events on one thread and hashes them on others, which takes about as long. It reuses a fixed number
/// of batches, and reports findings in the order of the rows.
/// </summary>
/// <param name="report">
/// Receives the row and the id of an event with a wrong checksum, on the thread of the pass.
/// </param>
internal sealed class ChecksumPass(Action<string, string> report)
{
    private static readonly int MaxWaiting = Environment.ProcessorCount;

    private readonly Queue<ChecksumWork> _working = new();
    private readonly Stack<ChecksumBatch> _free = new();
    private ChecksumBatch _batch = new();

    public void Inspect(IDataRow row)
    {
        _batch.Add(row);
        if (_batch.IsFull)
        {
            StartBatch();
        }
    }

    public void End()
    {
        StartBatch();
        while (_working.Count > 0)
        {
            FinishOldest();
        }
    }

    private void StartBatch()
    {
        _working.Enqueue(new ChecksumWork(_batch));
        if (_working.Count > MaxWaiting)
        {
            FinishOldest();
        }
        _batch = _free.TryPop(out var free) ? free : new ChecksumBatch();
    }

    private void FinishOldest()
    {
        var work = _working.Dequeue();
        work.Finish();
        foreach (var (row, eventId) in work.Batch.Mismatches)
        {
            report(row, eventId);
        }
        _free.Push(work.Batch.Clear());
    }
}
