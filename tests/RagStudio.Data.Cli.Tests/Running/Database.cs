using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Reads a database file without any of the code under test.</summary>
internal static class Database
{
    public static long Count(string file, string table, string where = "1") =>
        (long)Scalar(file, $"SELECT COUNT(*) FROM {table} WHERE {where}")!;

    public static object? Scalar(string file, string sql)
    {
        using var connection = Open(file);
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public static List<string> Strings(string file, string sql)
    {
        using var connection = Open(file);
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    public static void Execute(string file, string sql) => Scalar(file, sql);

    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
