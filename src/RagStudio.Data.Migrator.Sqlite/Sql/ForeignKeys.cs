using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// A connection's foreign key enforcement. <c>PRAGMA foreign_keys</c> does nothing within a transaction, but
/// SQLite's C function works there too:
/// https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigenablefkey.
/// </summary>
internal static class ForeignKeys
{
    private const int Ask = -1;

    public static bool AreEnforced(SqliteConnection connection) => Configure(connection.Handle!, Ask);

    public static void Enforce(SqliteConnection connection, bool isOn) => Configure(connection.Handle!, isOn ? 1 : 0);

    /// <summary>
    /// Determines the effect of a <c>PRAGMA foreign_keys</c> by running it on a scratch connection, because
    /// only SQLite knows every spelling of its values.
    /// </summary>
    /// <param name="pragma">The statement.</param>
    /// <param name="isOn">The setting that it selects; <see langword="null"/> if it only reads the current one.</param>
    /// <returns>True if SQLite accepts the statement.</returns>
    public static bool TryRead(string pragma, out bool? isOn)
    {
        isOn = null;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_open(":memory:", out var scratch), scratch);
        using (scratch)
        {
            if (ResultFrom(scratch, 0, pragma) is not { } fromOff || ResultFrom(scratch, 1, pragma) is not { } fromOn)
            {
                return false;
            }
            isOn = fromOff == fromOn ? fromOn : null;
            return true;
        }
    }

    private static bool? ResultFrom(sqlite3 scratch, int before, string pragma)
    {
        Configure(scratch, before);
        return raw.sqlite3_exec(scratch, pragma) == raw.SQLITE_OK ? Configure(scratch, Ask) : null;
    }

    private static bool Configure(sqlite3 database, int value)
    {
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_config(database, raw.SQLITE_DBCONFIG_ENABLE_FKEY, value, out var result),
            database
        );
        return result != 0;
    }
}
