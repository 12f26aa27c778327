using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Queries that write nothing, read without a copy of what is not asked for.</summary>
internal static class SqliteQuery
{
    /// <returns>How many rows were read.</returns>
    public static long Run(
        SqliteConnection connection,
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach
    )
    {
        // Whoever declares a rule writes its SQL: it must not change what it checks, on a connection that may write.
        connection.Execute("PRAGMA query_only = ON");
        try
        {
            return Read(connection, sql, parameters, forEach);
        }
        finally
        {
            connection.Execute("PRAGMA query_only = OFF");
        }
    }

    private static long Read(
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
        var row = new SqliteDataRow(reader);
        var rows = 0L;
        while (reader.Read())
        {
            forEach(row);
            rows++;
        }
        return rows;
    }
}
