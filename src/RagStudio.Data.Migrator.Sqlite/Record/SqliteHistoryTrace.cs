using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// Reads the first and last lines of a file's history. They belong to the file, regardless of its databases'
/// names.
/// </summary>
internal static class SqliteHistoryTrace
{
    private const string First = """
        SELECT "run_id" || ' ' || "applied_at" FROM "__migrator_history" ORDER BY "id" LIMIT 1
        """;

    private const string FirstHash = """
        SELECT "hash" FROM "__migrator_history" ORDER BY "id" LIMIT 1
        """;

    private const string Last = """
        SELECT "run_id", "applied_at" FROM "__migrator_history"
        WHERE "event" IN ('Applied', 'Reverted', 'Restored') ORDER BY "id" DESC LIMIT 1
        """;

    public static HistoryTrace Read(sqlite3 connection)
    {
        try
        {
            return connection.HasTable(SqliteHistory.Table) ? ReadEnds(connection) : HistoryTrace.None;
        }
        catch (SqliteException failure)
            when (failure.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            // A column is missing, or the file is damaged: the checks report it. Here the trace is empty.
            return HistoryTrace.None;
        }
    }

    private static HistoryTrace ReadEnds(sqlite3 connection)
    {
        var hash = SqliteHistoryChain.HasColumn(connection, "hash") ? Text(connection, FirstHash) : null;
        var (run, at) = connection.Query(Last, row => (row.Text(0), row.Text(1))).FirstOrDefault();
        return new HistoryTrace(hash ?? Text(connection, First), run, SqliteHistory.ToTime(at));
    }

    private static string? Text(sqlite3 connection, string sql) =>
        connection.Query(sql, row => row.Text(0)).FirstOrDefault();
}
