using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

internal static class WriteTransactions
{
    /// <summary>Begins a transaction that holds the write lock at once, so that what it reads stays true until it writes.</summary>
    /// <remarks>
    /// Microsoft.Data.Sqlite begins with BEGIN IMMEDIATE unless it is asked for a deferred transaction, and EF never
    /// asks. A deferred one would fail with SQLITE_BUSY_SNAPSHOT, for which no timeout helps, when another writer came
    /// in between its first read and its first write (https://www.sqlite.org/isolation.html).
    /// </remarks>
    public static Task<IDbContextTransaction> BeginWriteAsync(
        this DatabaseFacade database,
        CancellationToken cancellationToken
    ) => database.BeginTransactionAsync(cancellationToken);
}
