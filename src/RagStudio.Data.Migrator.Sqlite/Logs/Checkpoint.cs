using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// Moves the content of a write-ahead log into its database, on request only. SQLite's automatic checkpoint after a commit swallows the error of a flush
/// (https://sqlite.org/c3ref/wal_hook.html), and the system treats the lost pages as written: the next flush succeeds without them.
/// </summary>
internal static class Checkpoint
{
    /// <summary>On macOS a drive may keep in its cache what is flushed without these. They have no effect elsewhere.</summary>
    public const string FullFlushes = "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON";

    /// <summary>SQLite's own checkpoint comes after as many pages of the usual size.</summary>
    private const long LongBytes = 1000 * 4096;

    /// <summary>Switches the connection's automatic checkpoints off; an application's interceptor or a migration may switch them on again.</summary>
    public static void OnRequestOnly(SqliteConnection connection) =>
        connection.Execute($"PRAGMA wal_autocheckpoint = 0; {FullFlushes}");

    /// <summary>Keeps the log from growing over a whole run. Between two transactions.</summary>
    public static void RunWhenLong(SqliteConnection connection)
    {
        if (new FileInfo(LogOf(connection)) is { Exists: true, Length: > LongBytes })
        {
            Run(connection);
        }
    }

    /// <summary>
    /// On disk when the method returns is all that is committed, and that the log is empty: what is left of one that the disk has only half of would be
    /// read again after a power failure. In another journal mode nothing is elsewhere.
    /// </summary>
    /// <exception cref="SqliteException">A flush failed, or another connection still reads what is in the log.</exception>
    /// <exception cref="IOException">The empty log could not be flushed.</exception>
    public static void Run(SqliteConnection connection)
    {
        OpenStatements.End(connection);
        // Other than the pragma, it needs no schema that can be read, and has one answer.
        var result = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle,
            "main",
            raw.SQLITE_CHECKPOINT_TRUNCATE,
            out _,
            out _
        );
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        var log = LogOf(connection);
        if (File.Exists(log))
        {
            using var file = File.OpenHandle(
                log,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete
            );
            OwnFile.Flush(file);
        }
    }

    private static string LogOf(SqliteConnection connection) =>
        raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string() + "-wal";
}
