using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>All recorded scenarios.</summary>
internal static class PowerScenarios
{
    private const int Orders = 300;
    private const int MuchOrders = 1100;
    private const int MuchBytes = 4000;
    private const int MuchWords = 200_000;

    public static IReadOnlyList<Func<Task<PowerScenario>>> All { get; } =
    [
        MigrateAsync,
        () => ShopAsync("create", CrashScenario.CreateAsync()),
        () => ShopAsync("create the archive", CrashScenario.CreateArchiveAsync(Orders)),
        () => ShopAsync("roll back", CrashScenario.RollBackAsync(Orders)),
        () => ShopAsync("restore", CrashScenario.RestoreAsync(Orders)),
        () => ShopAsync("restore other pages", CrashScenario.RestoreOtherPagesAsync(Orders)),
        () => ShopAsync("back up", CrashScenario.BackUpAsync(Orders)),
        () => ShopAsync("recover", CrashScenario.RecoverAsync(Orders)),
        () => ShopAsync("recover and migrate", CrashScenario.RecoverAsync(Orders, RunActivity.Migrate)),
        () => new PruneScenario().PrepareAsync(),
        () => new NewBackupFolderScenario().PrepareAsync(),
        () => new ImportScenario().PrepareAsync(),
    ];

    /// <summary>The scenario into which faults are injected.</summary>
    public static Task<PowerScenario> MigrateAsync() => ShopAsync("migrate", CrashScenario.MigrateAsync(Orders));

    /// <summary>A migration that writes more than SQLite keeps in a write-ahead log.</summary>
    public static Task<PowerScenario> MigrateMuchAsync() =>
        ShopAsync("migrate much", CrashScenario.MigrateAsync(MuchOrders, MuchBytes));

    /// <summary>
    /// An import whose documents SQLite's automatic checkpoint moves out of the write-ahead log before they
    /// are flushed.
    /// </summary>
    public static Task<PowerScenario> ImportMuchAsync() => new ImportScenario(MuchWords).PrepareAsync();

    private static async Task<PowerScenario> ShopAsync(string name, Task<CrashScenario> scenario) =>
        new ShopScenario(name, await scenario);
}
