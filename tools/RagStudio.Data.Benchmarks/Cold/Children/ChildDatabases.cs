using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Database operations that several roles share.</summary>
internal static class ChildDatabases
{
    public static string ConnectionString(string file) => $"Data Source={file}";

    public static Assembly Load(string assembly) => AssemblyLoadContext.Default.LoadFromAssemblyPath(assembly);

    /// <summary>Opens a file in WAL mode, which EF sets for every database that it creates.</summary>
    public static SqliteConnection OpenInWal(string file)
    {
        var connection = new SqliteConnection(ConnectionString(file));
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
