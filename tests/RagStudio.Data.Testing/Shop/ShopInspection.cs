using RagStudio.Data.Migrator;

namespace RagStudio.Data.Testing;

/// <summary>Checks what must be true of a shop after any start, whatever happened before.</summary>
public static class ShopInspection
{
    /// <summary>
    /// The sets from before migrations that the options keep, the ones left by two killed runs, and the first
    /// good set.
    /// </summary>
    public const int MaxBackups = 13;

    /// <returns>The faults, one sentence each.</returns>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(
        Shop shop,
        IMigrationManager manager,
        IReadOnlyCollection<ShopState> allowed
    )
    {
        var state = ShopState.Read(shop);
        var faults = new List<string>();
        if (!allowed.Contains(state))
        {
            faults.Add($"the state is {state}, not one of {string.Join(" | ", allowed)}");
        }
        if (File.Exists(shop.Journal))
        {
            faults.Add("the journal is still there");
        }
        faults.AddRange(Damage(shop, "shop").Concat(Damage(shop, "archive")));
        faults.AddRange(await BackupFaultsAsync(manager));
        return faults;
    }

    private static IEnumerable<string> Damage(Shop shop, string database) =>
        File.Exists(shop.PathOf(database))
            ? shop.Column("PRAGMA integrity_check", database)
                .Where(text => text != "ok")
                .Concat(
                    shop.Column("SELECT \"table\" || ' has a broken reference' FROM pragma_foreign_key_check", database)
                )
                .Select(text => $"{database}: {text}")
            : [];

    private static async Task<IEnumerable<string>> BackupFaultsAsync(IMigrationManager manager)
    {
        var backups = await manager.Backups.VerifyAsync();
        var faults = backups.SelectMany(backup => backup.Faults.Select(fault => $"{backup.Backup.Id}: {fault}"));
        return backups.Count > MaxBackups ? faults.Append($"there are {backups.Count} backup sets") : faults;
    }
}
