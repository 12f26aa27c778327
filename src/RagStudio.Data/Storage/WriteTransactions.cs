using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator.Sqlite.Logs;
using SQLitePCL;

namespace RagStudio.Data;

internal static class WriteTransactions
{
    /// <summary>
    /// Begins a transaction that acquires the write lock at once, so everything it reads stays true until it
    /// writes. Within a transaction of the caller it is a savepoint.
    /// </summary>
    /// <remarks>
    /// Microsoft.Data.Sqlite uses BEGIN IMMEDIATE unless a deferred transaction is requested, which EF never
    /// does. A deferred one would fail with SQLITE_BUSY_SNAPSHOT, which no timeout helps with, if another
    /// writer came in between its first read and its first write (https://www.sqlite.org/isolation.html).
    /// </remarks>
    public static Task<IDbContextTransaction> BeginWriteAsync(
        this DatabaseFacade database,
        CancellationToken cancellationToken
    ) =>
        database.CurrentTransaction is { } outer
            ? NestedTransaction.BeginAsync(outer, cancellationToken)
            : database.BeginTransactionAsync(cancellationToken);

    /// <summary>Waits until everything committed to the file, by any connection, survives a power failure.</summary>
    /// <remarks>
    /// <para>A commit with <c>synchronous = FULL</c> flushes the whole write-ahead log
    /// (https://sqlite.org/pragma.html#pragma_synchronous) and reports a failed flush; this one writes the number that
    /// is already stored.</para>
    /// <para>An earlier flush may have failed unnoticed: SQLite's automatic checkpoint swallows the error, and Linux
    /// considers the lost pages written, so the next flush succeeds without them (decision 12). Therefore an explicit
    /// checkpoint writes the pages of the log into the database, flushes that, and empties the log. The settings belong
    /// to the connection, and the interceptor sets its own at the next opening.</para>
    /// </remarks>
    public static async Task FlushAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException("What a transaction has written can be flushed only after its commit.");
        }

        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        // The first pragma has no effect within a transaction.
        await database
            .ExecuteSqlRawAsync("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0", cancellationToken)
            .ConfigureAwait(false);
        using (var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            await RewriteVersionAsync(database, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        var connection = (SqliteConnection)database.GetDbConnection();
        // Waiting for a reader would block every writer, and a backup reads for minutes.
        raw.sqlite3_busy_timeout(connection.Handle, 0);
        FlushedCheckpoint.TryRun(connection);
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
