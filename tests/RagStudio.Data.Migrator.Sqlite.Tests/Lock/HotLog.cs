using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>
/// Leaves what a program does that is killed after it has changed a database in WAL mode, without the code
/// under test.
/// </summary>
internal static class HotLog
{
    private const string Log = "-wal";

    /// <summary>Changes a database and leaves the change in its log.</summary>
    public static void Leave(string database, string sql)
    {
        byte[] file,
            log;
        using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
            (file, log) = (File.ReadAllBytes(database), File.ReadAllBytes(database + Log));
        }
        File.WriteAllBytes(database, file);
        File.WriteAllBytes(database + Log, log);
    }

    /// <summary>The hashes of both files; empty for a missing one.</summary>
    public static string Of(string database) => $"{HashOf(database)} {HashOf(database + Log)}";

    private static string HashOf(string file) =>
        File.Exists(file)
            ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))
            : "none";
}
