using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>
/// Files of one context in one folder, which share a folder of backups. Every program calls its database by the same name, so that nothing but the file
/// tells them apart.
/// </summary>
internal sealed class SharedFolder(string folder)
{
    public string Backups => Path.Combine(folder, "backups");

    public string PathOf(string file) => Path.Combine(folder, file + ".db");

    public IMigrationManager Manager<TContext>(string file, Action<MigrationOptions>? configure = null)
        where TContext : DbContext =>
        Shop.Manager(configure, migrator => migrator.AddSqliteDatabase<TContext>("app", $"Data Source={PathOf(file)}"));

    /// <summary>A file of the first release with one order that names it.</summary>
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

    /// <summary>Makes a set as earlier versions made it: it names no file, and no marker is in it.</summary>
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
