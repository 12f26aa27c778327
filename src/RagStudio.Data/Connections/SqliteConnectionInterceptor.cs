using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace RagStudio.Data;

// Runs at every opening, not once per connection: the pool hands connections on as their last user left them.
internal sealed class SqliteConnectionInterceptor(SqliteConnectionSettings settings, SqliteSynchronous synchronous)
    : DbConnectionInterceptor
{
    private readonly string _pragmas = Pragmas(settings, synchronous, OperatingSystem.IsMacOS());

    // Numbers only: no text from outside can become SQL here.
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

    // There a drive keeps in its own memory what a plain flush hands it (https://sqlite.org/pragma.html#pragma_fullfsync). Elsewhere it does nothing, and
    // would be two statements more at each opening.
    private const string FullFlushes = "PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Apply((SqliteConnection)connection);

    // SQLite has no asynchronous calls: its provider runs them on the caller too.
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

    // The mode is kept in the file: asking first keeps an opening from writing to it.
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
