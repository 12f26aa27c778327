using System.Collections.Immutable;
using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>All recorded scenarios.</summary>
internal static class PowerScenarios
{
    public const string Migrate = "migrate";
    public const string BackUpElsewhere = "back up elsewhere";

    private const int Orders = 300;
    private const int MuchOrders = 1100;
    private const int MuchBytes = 4000;
    private const int MuchWords = 200_000;

    private static readonly (string Name, Func<string, Task<PowerScenario>> Prepare)[] All =
    [
        (Migrate, name => ShopAsync(name, CrashScenario.MigrateAsync(Orders))),
        ("create", name => ShopAsync(name, CrashScenario.CreateAsync())),
        ("create the archive", name => ShopAsync(name, CrashScenario.CreateArchiveAsync(Orders))),
        ("roll back", name => ShopAsync(name, CrashScenario.RollBackAsync(Orders))),
        ("restore", name => ShopAsync(name, CrashScenario.RestoreAsync(Orders))),
        ("restore other pages", name => ShopAsync(name, CrashScenario.RestoreOtherPagesAsync(Orders))),
        ("back up", name => ShopAsync(name, CrashScenario.BackUpAsync(Orders), lastLine: null)),
        ("recover", name => ShopAsync(name, CrashScenario.RecoverAsync(Orders), "rolledBack")),
        ("recover and migrate", name => ShopAsync(name, CrashScenario.RecoverAsync(Orders, RunActivity.Migrate))),
        ("prune", _ => new PruneScenario().PrepareAsync()),
        (BackUpElsewhere, _ => new NewBackupFolderScenario().PrepareAsync()),
        ("import", _ => new ImportScenario().PrepareAsync()),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(scenario => scenario.Name)];

    public static Task<PowerScenario> PrepareAsync(string name) =>
        All.Single(scenario => scenario.Name == name).Prepare(name);

    /// <summary>A migration that writes more than SQLite keeps in a write-ahead log.</summary>
    public static Task<PowerScenario> MigrateMuchAsync() =>
        ShopAsync("migrate much", CrashScenario.MigrateAsync(MuchOrders, MuchBytes));

    /// <summary>
    /// An import whose documents SQLite's automatic checkpoint moves out of the write-ahead log before they
    /// are flushed.
    /// </summary>
    public static Task<PowerScenario> ImportMuchAsync() => new ImportScenario(MuchWords).PrepareAsync();

    private static async Task<PowerScenario> ShopAsync(
        string name,
        Task<CrashScenario> scenario,
        string? lastLine = "validated"
    ) => new ShopScenario(name, await scenario, lastLine);
}
