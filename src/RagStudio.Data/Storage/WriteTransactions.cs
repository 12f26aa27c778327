using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator.Files;
using SQLitePCL;

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

    /// <summary>Waits until everything committed to the file, by any connection, survives a power failure.</summary>
    /// <remarks>
    /// <para>The commit of a writer with <c>synchronous = FULL</c> flushes the whole write-ahead log (https://sqlite.org/pragma.html#pragma_synchronous) and
    /// reports a flush that fails; this one writes the number that is there already.</para>
    /// <para>An earlier flush may have failed unnoticed: SQLite's automatic checkpoint swallows the error, and Linux treats the lost pages as written, so the
    /// next flush succeeds without them (decision 12). So an explicit checkpoint writes the pages of the log into the database, flushes that, and
    /// empties the log. The settings belong to the connection, and the interceptor sets its own at the next opening.</para>
    /// </remarks>
    public static async Task FlushAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        // Inside a transaction the first pragma does nothing.
        await database
            .ExecuteSqlRawAsync("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0", cancellationToken)
            .ConfigureAwait(false);
        using (var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            await RewriteVersionAsync(database, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        Checkpoint(((SqliteConnection)database.GetDbConnection()).Handle!);
    }

    /// <summary>
    /// Moves the log into the database, unless another connection reads or checkpoints: waiting for it would block every writer, and a backup reads for
    /// minutes.
    /// </summary>
    private static void Checkpoint(sqlite3 connection)
    {
        raw.sqlite3_busy_timeout(connection, 0);
        var result = raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        if (result == raw.SQLITE_BUSY)
        {
            return;
        }
        SqliteException.ThrowExceptionForRC(result, connection);
        // SQLite does not flush the empty log: the old one could come back, and be read over newer pages.
        var log = raw.sqlite3_db_filename(connection, "main").utf8_to_string() + "-wal";
        if (File.Exists(log))
        {
            using var file = File.OpenHandle(
                log,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete
            );
            try
            {
                OwnFile.Flush(file);
            }
            catch (IOException failure)
            {
                // To the caller it is what a failed flush of SQLite is.
                throw new SqliteException(failure.Message, raw.SQLITE_IOERR);
            }
        }
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
