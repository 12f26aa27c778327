using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// A leftover write-ahead log, from a killed program or beside a file that has been replaced. It stays
/// unchanged until a run changes the database, so a refused run leaves both files as they were.
/// </summary>
internal static class LeftoverLog
{
    private const int NoCheckpointOnClose = 1006;

    /// <summary>
    /// Keeps the log when the connection is closed, which SQLite would otherwise checkpoint
    /// (https://sqlite.org/c3ref/c_dbconfig_defensive.html).
    /// </summary>
    public static void Keep(SqliteConnection connection) => Configure(connection, 1);

    /// <summary>Lets SQLite checkpoint the log as usual from now on.</summary>
    public static void AllowCheckpoint(SqliteConnection connection) => Configure(connection, 0);

    public static bool IsKept(SqliteConnection connection) => Configure(connection, -1) != 0;

    /// <summary>
    /// Checks a database that no one has open: if its file is missing or empty, SQLite would delete a log
    /// beside it.
    /// </summary>
    /// <exception cref="DatabaseAccessException">There is a log that is not empty.</exception>
    public static void ThrowIfAny(string database, MigrationPhase phase)
    {
        if (WriteAheadLog.TryRead(database + WriteAheadLog.Extension) is not null)
        {
            throw Foreign(database, phase, "there is nothing in the file");
        }
    }

    /// <exception cref="DatabaseAccessException">The log was not written for this file.</exception>
    public static void Demand(SqliteConnection connection, string database, MigrationPhase phase)
    {
        if (FindForeign(connection, database, phase) is { } foreign)
        {
            throw foreign;
        }
    }

    /// <param name="connection">A connection that has the database open.</param>
    /// <param name="database">The path of the database.</param>
    /// <param name="phase">The phase of the run.</param>
    /// <returns>
    /// The error for a log that was not written for this file; <see langword="null"/> if there is no
    /// evidence.
    /// </returns>
    public static DatabaseAccessException? FindForeign(
        SqliteConnection connection,
        string database,
        MigrationPhase phase
    ) =>
        // Another process may have restarted the log between the reads of the file and of the log. If a
        // second look finds both unchanged, the file was read while this log existed.
        Find(connection, database) is { } seen
        && Find(connection, database) == seen
            ? Foreign(database, phase, seen.Contradiction)
            : null;

    private static unsafe (string Header, string Salts, string Contradiction)? Find(
        SqliteConnection connection,
        string database
    )
    {
        var file = OpenFile.TryGet(connection);
        if (file == null || file->TryReadHeader() is not var (header, bytes))
        {
            return null;
        }
        GC.KeepAlive(connection);
        return
            WriteAheadLog.TryRead(database + WriteAheadLog.Extension) is { } log
            && LogContradiction.Find(header, bytes, log) is { } contradiction
            ? (Convert.ToHexString(header), log.Salts, contradiction)
            : null;
    }

    private static int Configure(SqliteConnection connection, int value)
    {
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, value, out var result),
            connection.Handle
        );
        return result;
    }

    private static DatabaseAccessException Foreign(string database, MigrationPhase phase, string contradiction) =>
        new(phase, database, DatabaseProblem.ForeignLog, $"'{database}{WriteAheadLog.Extension}': {contradiction}");
}
