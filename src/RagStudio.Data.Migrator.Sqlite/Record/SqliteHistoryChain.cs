using System.Globalization;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Steps;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>The hashes of the lines of a file's history.</summary>
internal static class SqliteHistoryChain
{
    /// <summary>
    /// Any value but a hash: the first line after removed hashes must not pass for the first line of all.
    /// </summary>
    private const string Removed = "removed";

    /// <summary>The columns that <see cref="ReadFields"/> reads.</summary>
    public const string Columns = """
        "id", "hash", "event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail"
        """;

    private const string Select = $"""
        SELECT {Columns} FROM "__migrator_history" ORDER BY "id"
        """;

    private const string SelectLast = """
        SELECT "hash" FROM "__migrator_history" WHERE "hash" IS NOT NULL ORDER BY "id" DESC LIMIT 1
        """;

    /// <summary>The columns that later builds have added to the table of the first.</summary>
    private static readonly string[] AddedColumns = ["hash", "context", "chain"];

    private const int FirstField = 2;

    private const int Duration = 8;

    /// <summary>Creates the table, or prepares an earlier version's for a line with a hash.</summary>
    /// <returns>The hash that the line continues; <see langword="null"/> if it is the first one with a hash.</returns>
    public static string? Continue(sqlite3 connection)
    {
        var isFirst = !HasColumn(connection, "hash");
        if (AddedColumns.Any(added => !HasColumn(connection, added)))
        {
            connection.Execute(SqliteHistory.Create);
            AddColumns(connection);
        }
        return isFirst ? null
            : connection.Query(SelectLast, row => row.Text(0)) is [var last] ? last
            : connection.Any("SELECT 1 FROM \"__migrator_history\" LIMIT 1") ? Removed
            : null;
    }

    private static void AddColumns(sqlite3 connection)
    {
        foreach (var column in AddedColumns.Where(added => !HasColumn(connection, added)))
        {
            connection.Execute($"ALTER TABLE \"__migrator_history\" ADD COLUMN {SqliteText.Quote(column)} TEXT NULL");
        }
    }

    /// <summary>Reads all lines once, keeping only a few in memory.</summary>
    public static IReadOnlyList<ValidationFinding> Check(SqliteConnection connection)
    {
        var chain = new HistoryChain(SqliteHistory.Table);
        if (!connection.HasTable(SqliteHistory.Table))
        {
            // DROP TABLE also removes the counter; if the counter exists, the table was not removed by a DROP.
            return chain.Complete(LastId(connection));
        }
        try
        {
            return HasColumn(connection.Handle!, "hash") ? Check(connection, chain) : [];
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // A column is missing.
            var error = new ValidationError(
                ValidationErrorKind.HistoryTampered,
                SqliteHistory.Table,
                null,
                $"the history is not the table that the migrator made: {failure.Message}"
            );
            return [ValidationFinding.From(HistoryChain.Check, error)];
        }
    }

    private static IReadOnlyList<ValidationFinding> Check(SqliteConnection connection, HistoryChain chain)
    {
        connection.Handle!.ForEach(Select, line => chain.Add(line.Int64(0), line.Text(1), ReadFields(line)));
        return chain.Complete(LastId(connection));
    }

    /// <summary>Reads the fields as stored, even if they were tampered with.</summary>
    public static string?[] ReadFields(sqlite3_stmt line)
    {
        var fields = new string?[raw.sqlite3_column_count(line) - FirstField];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = i + FirstField == Duration ? Ticks(line) : line.Text(i + FirstField);
        }
        return fields;
    }

    private static string Ticks(sqlite3_stmt line) =>
        SqliteHistory
            .ToDuration(raw.sqlite3_column_double(line, Duration))
            .Ticks.ToString(CultureInfo.InvariantCulture);

    public static bool HasColumn(sqlite3 connection, string column) =>
        connection.HasColumn(SqliteHistory.Table, column);

    /// <summary>SQLite's counter of the table's ids: https://sqlite.org/autoinc.html.</summary>
    private static long LastId(SqliteConnection connection) =>
        connection.HasTable("sqlite_sequence")
            ? connection.Number(
                "SELECT COALESCE(MAX(CAST(\"seq\" AS INTEGER)), 0) FROM \"sqlite_sequence\" WHERE \"name\" = ?",
                SqliteHistory.Table
            )
            : 0;
}
