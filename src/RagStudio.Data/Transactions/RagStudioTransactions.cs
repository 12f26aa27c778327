using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>Begins transactions over several repositories and the event store.</summary>
/// <remarks>Thread-safe. Each transaction is used by one caller at a time.</remarks>
/// <param name="appMeta">Creates the context of the rows.</param>
/// <param name="events">Creates the context of the events.</param>
/// <param name="time">Supplies the times of rows and events, and their ids.</param>
public sealed class RagStudioTransactions(
    IDbContextFactory<AppMetaContext> appMeta,
    IDbContextFactory<EventsContext> events,
    TimeProvider time
)
{
    /// <summary>Begins a transaction, and acquires the write lock of each database that it covers.</summary>
    /// <param name="kind">The databases that it covers, and the order in which two of them are committed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The transaction; disposing it without a commit rolls it back.</returns>
    /// <exception cref="SeparateDatabasesException">
    /// <see cref="TransactionKind.Atomic"/> was asked for, but rows and events are in two databases.
    /// </exception>
    public async Task<RagStudioTransaction> BeginAsync(
        TransactionKind kind = TransactionKind.Atomic,
        CancellationToken cancellationToken = default
    )
    {
        var rows = kind == TransactionKind.Events ? null : appMeta.CreateDbContext();
        var log = kind == TransactionKind.AppMeta ? null : events.CreateDbContext();
        var transaction = new RagStudioTransaction(rows, log, kind, time);
        try
        {
            await transaction.BeginAsync(cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
