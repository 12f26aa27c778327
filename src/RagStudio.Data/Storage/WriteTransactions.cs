using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

internal static class WriteTransactions
{
    /// <summary>
    /// Begins a transaction that excludes others of the context's kind at once, so everything it reads stays true until
    /// it writes, and its rows become visible before those of the next. Within a transaction of the caller it is a
    /// savepoint.
    /// </summary>
    public static Task<IDbContextTransaction> BeginWriteAsync(
        this DatabaseFacade database,
        CancellationToken cancellationToken
    ) => database.TypeErrorsAsync(() => BeginAsync(database, cancellationToken));

    /// <summary>Waits until everything committed to the database, by any connection, survives a power failure.</summary>
    public static Task FlushAsync(this DatabaseFacade database, CancellationToken cancellationToken) =>
        database.CurrentTransaction is null
            ? database.TypeErrorsAsync(async () =>
            {
                await StorageProvider.Of(database).FlushAsync(database, cancellationToken).ConfigureAwait(false);
                return true;
            })
            : throw new InvalidOperationException(
                "What a transaction has written can be flushed only after its commit."
            );

    private static async Task<IDbContextTransaction> BeginAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        var provider = StorageProvider.Of(database);
        if (database.CurrentTransaction is not { } outer)
        {
            return await provider.BeginWriteAsync(database, cancellationToken).ConfigureAwait(false);
        }
        await provider.ExcludeWritersAsync(database, cancellationToken).ConfigureAwait(false);
        return await NestedTransaction.BeginAsync(outer, cancellationToken).ConfigureAwait(false);
    }
}
