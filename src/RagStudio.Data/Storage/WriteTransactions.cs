using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

internal static class WriteTransactions
{
    /// <summary>
    /// Begins a transaction that excludes others of the context's kind at once, so everything it reads stays true until
    /// it writes, and its rows become visible before those of the next.
    /// </summary>
    public static Task<IDbContextTransaction> BeginWriteAsync(
        this DatabaseFacade database,
        CancellationToken cancellationToken
    ) => database.TypeErrorsAsync(() => StorageProvider.Of(database).BeginWriteAsync(database, cancellationToken));

    /// <summary>Waits until everything committed to the database, by any connection, survives a power failure.</summary>
    public static Task FlushAsync(this DatabaseFacade database, CancellationToken cancellationToken) =>
        database.TypeErrorsAsync(async () =>
        {
            await StorageProvider.Of(database).FlushAsync(database, cancellationToken).ConfigureAwait(false);
            return true;
        });
}
