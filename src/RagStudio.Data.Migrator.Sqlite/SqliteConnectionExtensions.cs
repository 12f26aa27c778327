using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Short statements on an open connection.</summary>
internal static class SqliteConnectionExtensions
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        command.ExecuteNonQuery();
    }

    public static T Scalar<T>(
        this SqliteConnection connection,
        string sql,
        params (string Name, object Value)[] parameters
    )
    {
        using var command = connection.Prepare(sql, parameters);
        return (T)command.ExecuteScalar()!;
    }

    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> read,
        params (string Name, object Value)[] parameters
    )
    {
        var rows = new List<T>();
        connection.ForEach(sql, row => rows.Add(read(row)), parameters);
        return rows;
    }

    public static void ForEach(
        this SqliteConnection connection,
        string sql,
        Action<SqliteDataReader> read,
        params (string Name, object Value)[] parameters
    )
    {
        using var command = connection.Prepare(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            read(reader);
        }
    }

    public static bool HasTable(this SqliteConnection connection, string table) => connection.Handle!.HasTable(table);

    private static SqliteCommand Prepare(
        this SqliteConnection connection,
        string sql,
        params (string Name, object Value)[] parameters
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
