using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Stores the position up to which each processor has read the event log.</summary>
/// <remarks>Thread-safe, and safe to use alongside other processes.</remarks>
/// <param name="contexts">Creates a context for each call.</param>
/// <param name="time">Supplies the times of the checkpoints.</param>
public sealed class CheckpointStore(IDbContextFactory<EventsContext> contexts, TimeProvider time)
{
    /// <summary>
    /// Gets the position (<see cref="StoredEvent.Id"/>) of the last event that the processor has handled; 0
    /// for none.
    /// </summary>
    public async Task<long> GetAsync(string processorName, CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .EventCheckpoints.Where(row => row.ProcessorName == processorName)
            .Select(row => row.LastProcessedSequence)
            .SingleOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lists the checkpoints of all processors, sorted by name.</summary>
    public async Task<IReadOnlyList<EventCheckpoint>> ListAsync(CancellationToken cancellationToken = default)
    {
        using var context = contexts.CreateDbContext();
        return await context
            .EventCheckpoints.AsNoTracking()
            .OrderBy(row => row.ProcessorName)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Moves a processor's checkpoint forward.</summary>
    /// <returns>False, with nothing written, if it is already at <paramref name="position"/> or beyond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="position"/> is not the position of an event.
    /// </exception>
    public async Task<bool> AdvanceAsync(
        string processorName,
        long position,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(processorName);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(position);
        using var context = contexts.CreateDbContext();
        var table = context.Table("event_checkpoints");
        var written = await context
            .ExecuteAsync(
                "event_checkpoints",
                $"""
                INSERT INTO {table} AS present (processor_name, last_processed_sequence, updated_at)
                VALUES (@processor_name, @last_processed_sequence, @updated_at)
                ON CONFLICT (processor_name) DO UPDATE
                SET last_processed_sequence = excluded.last_processed_sequence, updated_at = excluded.updated_at
                WHERE excluded.last_processed_sequence > present.last_processed_sequence
                """,
                [
                    ("processor_name", processorName),
                    ("last_processed_sequence", position),
                    ("updated_at", time.GetUtcNow()),
                ],
                cancellationToken
            )
            .ConfigureAwait(false);
        return written == 1;
    }
}
