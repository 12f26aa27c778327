using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace RagStudio.Data;

// Runs at every opening, not once per connection: the pool hands out connections in the state in which their
// last user left them.
internal sealed class SqliteConnectionInterceptor(SqliteConnectionSettings settings, SqliteSynchronous synchronous)
    : DbConnectionInterceptor
{
    private readonly string _pragmas = Pragmas(settings, synchronous, OperatingSystem.IsMacOS());

    // Only numbers are inserted, so no external text can become SQL.
    internal static string Pragmas(SqliteConnectionSettings settings, SqliteSynchronous synchronous, bool isMacOS) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PRAGMA busy_timeout = {(int)settings.BusyTimeout.TotalMilliseconds};
            PRAGMA foreign_keys = {(settings.ForeignKeys ? 1 : 0)};
            PRAGMA synchronous = {(int)synchronous};
            PRAGMA cache_size = {-1024 * settings.CacheSizeMegabytes};
            PRAGMA mmap_size = {Bytes(settings.MmapSizeMegabytes)};
            PRAGMA temp_store = {(int)settings.TempStore};
            PRAGMA wal_autocheckpoint = {settings.WalAutoCheckpointPages};
            PRAGMA journal_size_limit = {Bytes(settings.JournalSizeLimitMegabytes)};
            {(isMacOS ? FullFlushes : "")}
            """
        );

    // On macOS a drive may keep flushed data in its cache (https://sqlite.org/pragma.html#pragma_fullfsync).
    // Elsewhere these pragmas have no effect, and would cost two statements at each opening.
    private const string FullFlushes = "PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Apply((SqliteConnection)connection);

    // SQLite has no asynchronous calls: its provider also runs them on the calling thread.
    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Apply((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void Apply(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
        if (IsWritable(connection))
        {
            EnterWalMode(command);
        }
    }

    // The mode is stored in the file: reading it first avoids a write at each opening.
    private static void EnterWalMode(SqliteCommand command)
    {
        command.CommandText = "PRAGMA journal_mode;";
        if (command.ExecuteScalar() is not "wal")
        {
            command.CommandText = "PRAGMA journal_mode = WAL;";
            command.ExecuteNonQuery();
        }
    }

    private static bool IsWritable(SqliteConnection connection) =>
        raw.sqlite3_db_readonly(connection.Handle, "main") == 0;

    private static long Bytes(int megabytes) => megabytes * 1024L * 1024L;
}
