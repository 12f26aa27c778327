using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>Runs queries without copying columns that are not requested.</summary>
internal static class SqliteQuery
{
    /// <returns>The number of rows read.</returns>
    public static long Run(
        SqliteConnection connection,
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }
        using var reader = command.ExecuteReader();
        var row = new SqliteDataRow(reader, connection.Text("PRAGMA encoding") == "UTF-8");
        var rows = 0L;
        while (reader.Read())
        {
            forEach(row);
            rows++;
        }
        return rows;
    }
}
