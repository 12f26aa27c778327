using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;
using SQLitePCL;

namespace RagStudio.Data;

/// <summary>The part of the event store that a file holds. Every start reads it, with SQLite's own functions.</summary>
/// <param name="Evidence">The evidence of the store, as a clause; <see langword="null"/> if the file has none.</param>
/// <param name="HasRows">True if the store has rows.</param>
internal sealed record StoredEvents(string? Evidence, bool HasRows)
{
    private const string MigratorHistory = "__migrator_history";

    private const string Moves =
        "SELECT run_id, event FROM __migrator_history WHERE event IN ('Relocated', 'RelocatedAway') ORDER BY id";

    private static readonly string[] Tables = ["events", "aggregate_snapshots", "event_checkpoints"];

    public static StoredEvents None { get; } = new(null, HasRows: false);

    public bool Exist => Evidence is not null;

    /// <param name="file">The file, which may not exist.</param>
    /// <param name="historyTable">
    /// The table in which EF records the applied migrations of <see cref="EventsContext"/> in such a file.
    /// </param>
    /// <param name="wait">How long to wait for a run that holds the file.</param>
    /// <exception cref="DatabaseLockedException">Another process held the file for the whole wait.</exception>
    public static StoredEvents Find(string file, string historyTable, TimeSpan wait) =>
        Read(file, wait, database => Read(database, historyTable)) ?? None;

    /// <summary>Reads which runs have moved the events to the file, or away from it, the last one at the end.</summary>
    /// <inheritdoc cref="Find"/>
    public static IReadOnlyList<(string Run, string Event)> ReadMoves(string file, TimeSpan wait) =>
        Read(file, wait, ReadMoves) ?? [];

    /// <summary>Reads the id of the newest event.</summary>
    /// <returns>0 if there is none, <see langword="null"/> if the file or its table cannot be read.</returns>
    /// <inheritdoc cref="Find"/>
    public static long? ReadNewest(string file, TimeSpan wait) =>
        Read(file, wait, ReadNewest) is [var newest] ? newest : null;

    /// <returns><see langword="null"/> if the file is missing, empty or cannot be read.</returns>
    private static T? Read<T>(string file, TimeSpan wait, Func<sqlite3, T> read)
        where T : class
    {
        if (new FileInfo(file) is not { Exists: true, Length: > 0 })
        {
            return null;
        }
        // Initializes the SQLite library that the application uses.
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        // Reads as the migrator does: it must neither checkpoint a leftover write-ahead log nor leave one behind.
        var flags = File.Exists(file + "-wal") ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE;
        var result = raw.sqlite3_open_v2(file, out var database, flags, null);
        using (database)
        {
            if (result == raw.SQLITE_OK)
            {
                raw.sqlite3_busy_timeout(database, (int)Math.Min(wait.TotalMilliseconds, int.MaxValue));
                return Read(database, file, wait, read);
            }
        }
        return null;
    }

    private static T? Read<T>(sqlite3 database, string file, TimeSpan wait, Func<sqlite3, T> read)
        where T : class
    {
        try
        {
            return read(database);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new DatabaseLockedException(MigrationPhase.Lock, file, wait, SqliteLockHolder.Find(file), failure);
        }
        // The next operation on the file reports the error.
        catch (SqliteException)
        {
            return null;
        }
    }

    private static StoredEvents Read(sqlite3 database, string historyTable)
    {
        var found = TablesIn(database, historyTable);
        var table = Tables.FirstOrDefault(found.Contains);
        var hasHistory = found.Contains(historyTable) && Any(database, historyTable);
        var evidence =
            hasHistory ? $"its table '{historyTable}' lists their migrations"
            : table is not null ? $"it has the table '{table}'"
            : null;
        return new StoredEvents(evidence, Tables.Any(name => found.Contains(name) && Any(database, name)));
    }

    private static List<(string Run, string Event)> ReadMoves(sqlite3 database)
    {
        var moves = new List<(string, string)>();
        if (TablesIn(database, MigratorHistory).Contains(MigratorHistory))
        {
            ForEach(
                database,
                Moves,
                row =>
                    moves.Add(
                        (
                            raw.sqlite3_column_text(row, 0).utf8_to_string(),
                            raw.sqlite3_column_text(row, 1).utf8_to_string()
                        )
                    )
            );
        }
        return moves;
    }

    private static List<long> ReadNewest(sqlite3 database)
    {
        var newest = new List<long>();
        ForEach(
            database,
            "SELECT coalesce(max(id), 0) FROM events",
            row => newest.Add(raw.sqlite3_column_int64(row, 0))
        );
        return newest;
    }

    private static HashSet<string> TablesIn(sqlite3 database, string historyTable)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        ForEach(
            database,
            "SELECT name FROM sqlite_master WHERE type = 'table'",
            row => found.Add(raw.sqlite3_column_text(row, 0).utf8_to_string())
        );
        found.IntersectWith(Tables.Append(historyTable));
        return found;
    }

    /// <param name="database">The open connection.</param>
    /// <param name="table">One of this class's constants: no external text can become SQL here.</param>
    private static bool Any(sqlite3 database, string table)
    {
        var any = false;
        ForEach(database, $"SELECT 1 FROM \"{table}\" LIMIT 1", _ => any = true);
        return any;
    }

    private static void ForEach(sqlite3 database, string sql, Action<sqlite3_stmt> read)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                read(statement);
            }
            SqliteException.ThrowExceptionForRC(result, database);
        }
    }
}
