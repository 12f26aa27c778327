using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>
/// Files of the same context in one folder, which share a backup folder. Every program uses the same name for
/// its database, so only the file distinguishes them.
/// </summary>
internal sealed class SharedFolder(string folder)
{
    public string Backups => Path.Combine(folder, "backups");

    public string PathOf(string file) => Path.Combine(folder, file + ".db");

    public IMigrationManager Manager<TContext>(string file, Action<MigrationOptions>? configure = null)
        where TContext : DbContext =>
        Shop.Manager(configure, migrator => migrator.AddSqliteDatabase<TContext>("app", $"Data Source={PathOf(file)}"));

    /// <summary>Creates a file of the first release with one order that identifies it.</summary>
    public async Task CreateAsync(string file)
    {
        await Manager<FirstShopContext>(file).MigrateAsync();
        AddOrder(file, file);
    }

    public void AddOrder(string file, string customer) =>
        Execute(file, $"INSERT INTO orders (customer) VALUES ('{customer}')");

    public void Execute(string file, string sql)
    {
        using var connection = Open(file);
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public string CustomersOf(string file)
    {
        using var connection = Open(file);
        using var command = new SqliteCommand("SELECT group_concat(customer) FROM orders", connection);
        return (string)command.ExecuteScalar()!;
    }

    public async Task<IReadOnlyList<string>> SetsOfAsync(string file) =>
        [.. (await Manager<ShopContext>(file).Backups.ListAsync()).Select(set => set.Id)];

    /// <summary>Converts a set to the form of earlier versions: it records no file, and contains no marker.</summary>
    public void MakeOld(string id)
    {
        var manifest = Path.Combine(Backups, id, "manifest.json");
        var lines = File.ReadAllLines(manifest).Where(line => !line.Contains("ath\":", StringComparison.Ordinal));
        var text = string.Join('\n', lines);
        File.WriteAllText(manifest, Regex.Replace(text, @",(\s*\})", "$1"));
        File.Delete(Path.Combine(Backups, id, ".ragstudio-backup"));
    }

    private SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={PathOf(file)};Pooling=False");
        connection.Open();
        return connection;
    }
}
