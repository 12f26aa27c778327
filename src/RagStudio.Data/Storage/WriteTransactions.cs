using System.Globalization;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>Waits until all that was committed to the file, by whomever, survives a power failure.</summary>
    /// <remarks>
    /// The commit of a writer with <c>synchronous = FULL</c> flushes the whole write-ahead log (https://sqlite.org/pragma.html#pragma_synchronous);
    /// this one writes the number that is there already. The setting is of the connection, and the interceptor sets its own at the next opening.
    /// </remarks>
    public static async Task FlushAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        // Inside a transaction the pragma does nothing.
        await database.ExecuteSqlRawAsync("PRAGMA synchronous = FULL", cancellationToken).ConfigureAwait(false);
        using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await RewriteVersionAsync(database, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task RewriteVersionAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        using var command = database.GetDbConnection().CreateCommand();
        command.Transaction = database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = "PRAGMA user_version";
        var version = (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
