using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Reads the event log from a position on, then follows it: every event once, in the order of writing.</summary>
/// <remarks>
/// <para>Thread-safe. A subscription reads in pages: it blocks no writer, and no statement stays open while its
/// consumer works or it waits. It ends only by cancellation (<see cref="OperationCanceledException"/>) or a
/// failure.</para>
/// <para>It learns at once of events that this process appends, and on PostgreSQL of all. With SQLite it learns of those
/// of other processes within <see cref="PollInterval"/>. It holds one connection open while it runs, so that with SQLite
/// a migration or a restore by another process waits for its end, as for any open connection.</para>
/// </remarks>
/// <param name="contexts">Creates a context for each page and each checkpoint.</param>
/// <param name="transactions">Begins the transactions of <see cref="RunInTransactionAsync"/>.</param>
/// <param name="time">Supplies the times of the checkpoints, and the delay between two polls.</param>
public sealed class EventSubscriptions(
    IDbContextFactory<EventsContext> contexts,
    RagStudioTransactions transactions,
    TimeProvider time
)
{
    private readonly EventStore _events = new(contexts, time);
    private readonly CheckpointStore _checkpoints = new(contexts, time);

    /// <summary>How often the log is checked for events that another process appended.</summary>
    /// <value>
    /// Default: 250 milliseconds. With SQLite a check reads one number and no table. On PostgreSQL it is for servers or
    /// poolers that lose the notification, and looks for one row.
    /// </value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads every event after a position (<see cref="StoredEvent.Id"/>), and then each new one as it is appended.</summary>
    /// <remarks>The enumeration never ends by itself; the consumer keeps the position.</remarks>
    public async IAsyncEnumerable<StoredEvent> FollowAsync(
        long afterPosition = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Opened before the first page: what is appended after the last page is a change that the watch sees.
        var context = contexts.CreateDbContext();
        var watch = await StorageProvider
            .Of(context)
            .WatchAsync(context, PollInterval, time, cancellationToken)
            .ConfigureAwait(false);
        await using var _ = watch.ConfigureAwait(false);
        var position = afterPosition;
        while (true)
        {
            await foreach (var stored in _events.ReadAllAsync(position, cancellationToken).ConfigureAwait(false))
            {
                yield return stored;
                position = stored.Id;
            }
            await watch.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Hands every event after a processor's checkpoint to a handler, and advances the checkpoint after each.</summary>
    /// <remarks>
    /// <b>At least once</b>: the checkpoint advances after the handler has completed, so a kill in between repeats that one
    /// event after the restart, and an event whose handler failed is handed over again. Two processes that run the same
    /// processor at once each receive the events. For effects in RAG Studio's own databases, use
    /// <see cref="RunInTransactionAsync"/>.
    /// </remarks>
    /// <param name="processorName">The processor, which has a single checkpoint.</param>
    /// <param name="handle">Handles an event; its exception ends the subscription and leaves the checkpoint where it is.</param>
    /// <param name="cancellationToken">Ends the subscription. A completed handler's checkpoint is still stored.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RunAsync(
        string processorName,
        Func<StoredEvent, CancellationToken, Task> handle,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(handle);
        var position = await _checkpoints.GetAsync(processorName, cancellationToken).ConfigureAwait(false);
        await foreach (var stored in FollowAsync(position, cancellationToken).ConfigureAwait(false))
        {
            await handle(stored, cancellationToken).ConfigureAwait(false);
            await _checkpoints.AdvanceAsync(processorName, stored.Id, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Hands every event after a processor's checkpoint to a handler, in a transaction that also advances the checkpoint.
    /// </summary>
    /// <remarks>
    /// <b>Exactly once</b> for what the handler writes through the transaction, also across kills and with several processes
    /// that run the same processor: both are committed, or neither is. Any other effect, such as a call to a server, is
    /// repeated like that of <see cref="RunAsync"/>.
    /// </remarks>
    /// <param name="processorName">The processor, which has a single checkpoint.</param>
    /// <param name="kind">
    /// <see cref="TransactionKind.Atomic"/> for effects on the rows, or <see cref="TransactionKind.Events"/> for effects on
    /// the events alone.
    /// </param>
    /// <param name="handle">Handles an event; its exception ends the subscription, and its transaction is rolled back.</param>
    /// <param name="cancellationToken">Ends the subscription.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind does not commit effects and checkpoint together.</exception>
    /// <exception cref="SeparateDatabasesException">The rows are in another database than the events.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RunInTransactionAsync(
        string processorName,
        TransactionKind kind,
        Func<StoredEvent, RagStudioTransaction, CancellationToken, Task> handle,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (kind is not (TransactionKind.Atomic or TransactionKind.Events))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "The checkpoint would be committed separately.");
        }

        var position = await _checkpoints.GetAsync(processorName, cancellationToken).ConfigureAwait(false);
        await foreach (var stored in FollowAsync(position, cancellationToken).ConfigureAwait(false))
        {
            var transaction = await transactions.BeginAsync(kind, cancellationToken).ConfigureAwait(false);
            await using var _ = transaction.ConfigureAwait(false);
            // Advanced first: another process that handled the event makes this one false, under the write lock.
            if (
                await transaction
                    .Checkpoints.AdvanceAsync(processorName, stored.Id, cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                await handle(stored, transaction, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
