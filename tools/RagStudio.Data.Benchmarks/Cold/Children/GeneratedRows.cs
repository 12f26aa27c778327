using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Rows of generated tables, whatever columns their migrations have left them.</summary>
internal static class GeneratedRows
{
    /// <summary>Inserts rows, spread over all tables, with a value in each required column.</summary>
    public static void Insert(SqliteConnection connection, int rows)
    {
        var tables = Read(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'items!_%' ESCAPE '!'"
        );
        foreach (var table in tables)
        {
            var columns = Read(
                connection,
                $"SELECT name FROM pragma_table_info('{table}') WHERE \"notnull\" AND NOT pk"
            );
            var values = columns.Select(column => $"'{column} ' || value");
            var count = string.Create(CultureInfo.InvariantCulture, $"{rows / tables.Count}");
            ChildDatabases.Execute(
                connection,
                $"""
                WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < {count})
                INSERT INTO "{table}" ("{string.Join("\", \"", columns)}") SELECT {string.Join(
                    ", ",
                    values
                )} FROM numbers
                """
            );
        }
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }
        return found;
    }
}
