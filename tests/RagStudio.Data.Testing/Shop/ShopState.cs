using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Testing;

/// <summary>
/// The content of the two databases: schema, migrations and every row, as one text each for comparison.
/// </summary>
public sealed record ShopState(string Shop, string Archive)
{
    private const string Nothing = "nothing";

    public static ShopState Read(Shop shop) => new(Describe(shop, "shop"), Describe(shop, "archive"));

    private static string Describe(Shop shop, string database)
    {
        if (!File.Exists(shop.PathOf(database)))
        {
            return Nothing;
        }
        var dump = shop.Dump(database);
        if (dump.Length == 0)
        {
            return Nothing;
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dump)));
        return $"{Version(shop, database)}, {Rows(shop, database)} orders, {hash[..12]}";
    }

    private static string Version(Shop shop, string database) =>
        shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'", database) == 0
            ? "no history"
            : shop.Scalar<string>(
                "SELECT coalesce(max(MigrationId), 'no migration') FROM __EFMigrationsHistory",
                database
            );

    private static long Rows(Shop shop, string database) =>
        shop.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'orders'", database) == 0
            ? 0
            : shop.Scalar<long>("SELECT count(*) FROM orders", database);
}
