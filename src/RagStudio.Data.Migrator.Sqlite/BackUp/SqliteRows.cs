using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

internal static class SqliteRows
{
    /// <summary>Counts the rows of every table, except virtual ones and SQLite's own.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="tables">The tables to count; <see langword="null"/> for all.</param>
    public static IReadOnlyDictionary<string, long> Count(
        SqliteConnection connection,
        IReadOnlySet<string>? tables = null
    ) =>
        connection
            .Query(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
                row => row.Text(0)!
            )
            .Where(table => tables?.Contains(table) ?? true)
            .ToDictionary(
                table => table,
                table => Count(connection, $"SELECT COUNT(*) FROM {SqliteText.Quote(table)}"),
                StringComparer.Ordinal
            );

    /// <summary>
    /// SQLite counts the entries of the smallest index, which may have a collation that this connection
    /// lacks.
    /// </summary>
    private static long Count(SqliteConnection connection, string sql)
    {
        try
        {
            return connection.Number(sql);
        }
        catch (SqliteException failure) when (failure.IsUnknownName())
        {
            return connection.Number($"{sql} NOT INDEXED");
        }
    }
}
