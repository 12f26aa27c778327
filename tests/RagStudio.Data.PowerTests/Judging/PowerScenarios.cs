using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>All that is recorded.</summary>
internal static class PowerScenarios
{
    private const int Orders = 300;

    public static IReadOnlyList<Func<Task<PowerScenario>>> All { get; } =
        [
            () => ShopAsync("migrate", CrashScenario.MigrateAsync(Orders)),
            () => ShopAsync("create", CrashScenario.CreateAsync()),
            () => ShopAsync("create the archive", CrashScenario.CreateArchiveAsync(Orders)),
            () => ShopAsync("roll back", CrashScenario.RollBackAsync(Orders)),
            () => ShopAsync("restore", CrashScenario.RestoreAsync(Orders)),
            () => ShopAsync("restore other pages", CrashScenario.RestoreOtherPagesAsync(Orders)),
            () => ShopAsync("back up", CrashScenario.BackUpAsync(Orders)),
            () => ShopAsync("recover", CrashScenario.RecoverAsync(Orders)),
            () => ShopAsync("recover and migrate", CrashScenario.RecoverAsync(Orders, RunActivity.Migrate)),
        ];

    private static async Task<PowerScenario> ShopAsync(string name, Task<CrashScenario> scenario) =>
        new ShopScenario(name, await scenario);
}
