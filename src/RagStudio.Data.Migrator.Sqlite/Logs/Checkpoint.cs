using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// Moves the content of a write-ahead log into its database, on request only. SQLite's automatic checkpoint
/// after a commit swallows the error of a failed flush (https://sqlite.org/c3ref/wal_hook.html), and the
/// operating system considers the lost pages written: the next flush succeeds without them.
/// </summary>
internal static class Checkpoint
{
    /// <summary>
    /// Without these settings a drive on macOS may keep flushed data in its cache. They have no effect
    /// elsewhere.
    /// </summary>
    public const string FullFlushes = "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON";

    /// <summary>The size at which SQLite checkpoints automatically, at the default page size.</summary>
    private const long LongBytes = 1000 * 4096;

    /// <summary>
    /// Disables the connection's automatic checkpoints. An application's interceptor or a migration may
    /// enable them again.
    /// </summary>
    public static void OnRequestOnly(SqliteConnection connection) =>
        connection.Execute($"PRAGMA wal_autocheckpoint = 0; {FullFlushes}");

    /// <summary>Keeps the log from growing during a whole run. Call it between transactions.</summary>
    public static void RunWhenLong(SqliteConnection connection)
    {
        if (new FileInfo(LogOf(connection)) is { Exists: true, Length: > LongBytes })
        {
            Run(connection);
        }
    }

    /// <summary>
    /// When the method returns, everything committed and the emptied log are on disk: the rest of a log that
    /// the disk has only half of would be read again after a power failure. In other journal modes there is
    /// nothing to move.
    /// </summary>
    /// <exception cref="SqliteException">A flush failed, or another connection still reads from the log.</exception>
    public static void Run(SqliteConnection connection)
    {
        OpenStatements.End(connection);
        if (!FlushedCheckpoint.TryRun(connection))
        {
            SqliteException.ThrowExceptionForRC(raw.SQLITE_BUSY, connection.Handle);
        }
    }

    private static string LogOf(SqliteConnection connection) =>
        raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string() + "-wal";
}
