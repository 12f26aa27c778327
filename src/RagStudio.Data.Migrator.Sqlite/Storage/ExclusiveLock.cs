using System.Diagnostics;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>
/// Excludes every other connection, including readers, also in WAL mode, until the connection is closed or
/// its process ends: https://sqlite.org/pragma.html#pragma_locking_mode.
/// </summary>
internal static class ExclusiveLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task AcquireAsync(
        SqliteConnection connection,
        string path,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var begun = Stopwatch.GetTimestamp();
        connection.Execute("PRAGMA locking_mode = EXCLUSIVE");
        while (!TryAcquire(connection))
        {
            if (Stopwatch.GetElapsedTime(begun) >= timeout)
            {
                throw new DatabaseLockedException(MigrationPhase.Lock, path, timeout);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tries once, without SQLite's own waiting, which no token could stop.</summary>
    private static bool TryAcquire(SqliteConnection connection)
    {
        var result = raw.sqlite3_exec(connection.Handle, "BEGIN EXCLUSIVE; COMMIT");
        if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return true;
    }
}
