using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>Another way to copy a database that is not in use.</summary>
internal sealed record BackupPeer(string Description, double Target, Action<string, string> Copy)
{
    /// <summary>Copies it as a file, without a hash.</summary>
    public static BackupPeer File { get; } = new($"{StockPrograms.Copier}, no hash", 1.2, StockPrograms.Copy);

    /// <summary>Copies it with the API of Microsoft.Data.Sqlite.</summary>
    public static BackupPeer Api { get; } = new("BackupDatabase, then SHA-256", 0.5, CopyByApi);

    private static void CopyByApi(string source, string target)
    {
        using (var from = Open(source))
        using (var to = Open(target))
        {
            from.BackupDatabase(to);
        }
        using var copy = System.IO.File.OpenRead(target);
        SHA256.HashData(copy);
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
