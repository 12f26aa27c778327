using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>What a program leaves that was killed after it had changed a database in WAL mode, made without the code under test.</summary>
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

    /// <summary>Both files, byte by byte; nothing for one that is not there.</summary>
    public static string Of(string database) => $"{HashOf(database)} {HashOf(database + Log)}";

    private static string HashOf(string file) =>
        File.Exists(file)
            ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))
            : "none";
}
