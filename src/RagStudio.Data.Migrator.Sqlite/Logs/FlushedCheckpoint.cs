using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Files;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>A checkpoint whose result is flushed. RagStudio.Data compiles this file too.</summary>
internal static class FlushedCheckpoint
{
    /// <summary>
    /// Moves everything committed into the database and empties the log; both are on disk when the method returns. In
    /// other journal modes there is nothing to move.
    /// </summary>
    /// <returns>False if another connection reads or checkpoints, so that the log is not empty.</returns>
    /// <exception cref="SqliteException">A flush failed.</exception>
    public static bool TryRun(SqliteConnection connection)
    {
        // Unlike the pragma, it needs no readable schema and returns a single result.
        var result = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle,
            "main",
            raw.SQLITE_CHECKPOINT_TRUNCATE,
            out _,
            out _
        );
        if (result == raw.SQLITE_BUSY)
        {
            return false;
        }
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        if (raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string() is { Length: > 0 } database)
        {
            FlushIfAny(database + "-wal");
        }
        return true;
    }

    /// <summary>
    /// SQLite does not flush the emptied log: the old one could come back after a power failure and be applied over
    /// newer pages.
    /// </summary>
    private static void FlushIfAny(string log)
    {
        if (!File.Exists(log))
        {
            return;
        }
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
            // Reports it as the same error as a failed flush in SQLite.
            throw new SqliteException(failure.Message, raw.SQLITE_IOERR, raw.SQLITE_IOERR_FSYNC);
        }
    }
}
