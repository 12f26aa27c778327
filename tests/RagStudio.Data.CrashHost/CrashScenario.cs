using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>
/// An operation to be killed: a prepared folder, the operation on it, and the states that the next start may
/// find and must lead to. Every kill begins with the same files at the same path.
/// </summary>
public sealed class CrashScenario : IDisposable
{
    private readonly TemporaryFolder _folder;
    private HostCommand _command;
    private readonly string _prepared;

    private CrashScenario(RunActivity activity, ShopRelease release, string? disk)
    {
        _folder = disk is null ? new TemporaryFolder() : new TemporaryFolder(disk);
        _prepared = _folder.Combine("prepared");
        Shop = new Shop(_folder.Combine("work"));
        Directory.CreateDirectory(Shop.Folder);
        _command = new HostCommand(Shop.Folder, activity, release);
    }

    /// <summary>The shop to work in. <see cref="Reset"/> restores its prepared files.</summary>
    public Shop Shop { get; }

    /// <summary>The points of a run that is not killed.</summary>
    public IReadOnlyList<string> Points { get; private set; } = [];

    /// <summary>The states that a recovery may lead to: everything as before, or everything done.</summary>
    public IReadOnlyList<ShopState> Recovered { get; private set; } = [];

    /// <summary>The state after a run that is not killed.</summary>
    public ShopState Done => Recovered[1];

    /// <summary>The program's migrator.</summary>
    public IMigrationManager Manager => _command.Open().Manager(_command.Release);

    /// <summary>The states that the next start of the program must lead to.</summary>
    public IReadOnlyList<ShopState> Started { get; private set; } = [];

    /// <summary>A migration of both databases, including a rebuild.</summary>
    /// <param name="orders">The number of orders.</param>
    /// <param name="bytesPerOrder">What each order takes in addition.</param>
    /// <param name="disk">A folder on the disk to use; <see langword="null"/> for the system's.</param>
    public static Task<CrashScenario> MigrateAsync(int orders, int bytesPerOrder = 0, string? disk = null) =>
        PrepareAsync(
            RunActivity.Migrate,
            ShopRelease.Final,
            shop => CreateFirstReleaseAsync(shop, orders, bytesPerOrder: bytesPerOrder),
            disk
        );

    /// <summary>The same with compiled migrations.</summary>
    public static Task<CrashScenario> MigrateCompiledAsync(int orders) => CompiledAsync(() => MigrateAsync(orders));

    /// <summary>
    /// The same with compiled migrations up to one that was changed after it was compiled, and with EF from
    /// there on.
    /// </summary>
    public static async Task<CrashScenario> MigrateHalfCompiledAsync(int orders)
    {
        var scenario = await MigrateAsync(orders);
        await scenario.ChangeAsync(scenario._command with { Compiled = true, Outdated = RequireCustomer.Version });
        return scenario;
    }

    /// <summary>The same by migrations of which one is archived, and compiled ones after it.</summary>
    public static async Task<CrashScenario> MigrateArchivedAsync(int orders)
    {
        var scenario = await MigrateAsync(orders);
        await scenario.ChangeAsync(scenario._command with { Compiled = true, Border = RequireCustomer.Version });
        return scenario;
    }

    /// <summary>A rollback with compiled migrations.</summary>
    public static Task<CrashScenario> RollBackCompiledAsync(int orders) => CompiledAsync(() => RollBackAsync(orders));

    /// <summary>The same, with a rehearsal before it.</summary>
    public static async Task<CrashScenario> RehearseAsync(int orders)
    {
        var scenario = await MigrateAsync(orders);
        await scenario.ChangeAsync(scenario._command with { Rehearses = true });
        return scenario;
    }

    /// <summary>A migration with a long statement.</summary>
    public static Task<CrashScenario> MigrateSlowlyAsync(int orders) =>
        PrepareAsync(RunActivity.Migrate, ShopRelease.Slow, shop => CreateFirstReleaseAsync(shop, orders));

    /// <summary>A migration that creates both databases.</summary>
    public static Task<CrashScenario> CreateAsync() =>
        PrepareAsync(RunActivity.Migrate, ShopRelease.Final, _ => Task.FromResult(""));

    /// <summary>A migration that creates the archive and migrates the shop.</summary>
    public static Task<CrashScenario> CreateArchiveAsync(int orders) =>
        PrepareAsync(RunActivity.Migrate, ShopRelease.Final, shop => CreateFirstReleaseAsync(shop, orders, "shop"));

    /// <summary>A rollback of two migrations in each database, including a rebuild.</summary>
    public static Task<CrashScenario> RollBackAsync(int orders) =>
        PrepareAsync(
            RunActivity.Rollback,
            ShopRelease.Revertible,
            async shop =>
            {
                await CreateFirstReleaseAsync(shop, orders);
                await shop.Manager(ShopRelease.Revertible).MigrateAsync();
                return CreateOrders.Version;
            }
        );

    /// <summary>A restore of the backup made before a migration, over newer rows.</summary>
    public static Task<CrashScenario> RestoreAsync(int orders, int bytesPerOrder = 0) =>
        RestoreAsync(orders, bytesPerOrder, thenRun: "");

    /// <summary>
    /// The same over databases whose page size has changed since, so the restore leaves WAL mode for a while.
    /// </summary>
    public static Task<CrashScenario> RestoreOtherPagesAsync(int orders, int bytesPerOrder = 0) =>
        RestoreAsync(
            orders,
            bytesPerOrder,
            "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM; PRAGMA journal_mode = WAL"
        );

    /// <summary>
    /// The adoption of both databases, whose histories were lost. A start that finds them as they were adopts them first.
    /// </summary>
    public static Task<CrashScenario> AdoptAsync(int orders) =>
        PrepareAsync(
            RunActivity.Adopt,
            ShopRelease.Final,
            async shop =>
            {
                await CreateFirstReleaseAsync(shop, orders);
                foreach (var database in new[] { "shop", "archive" })
                {
                    shop.Execute("DROP TABLE __EFMigrationsHistory; DROP TABLE __migrator_history", database);
                }
                return "";
            }
        );

    /// <summary>A backup that a user requested.</summary>
    public static Task<CrashScenario> BackUpAsync(int orders, int bytesPerOrder = 0) =>
        PrepareAsync(
            RunActivity.BackUp,
            ShopRelease.Final,
            shop => CreateFirstReleaseAsync(shop, orders, bytesPerOrder: bytesPerOrder)
        );

    /// <summary>
    /// A recovery of a migration that was killed after the shop's migrations, before the archive's last one.
    /// </summary>
    public static Task<CrashScenario> RecoverAsync(int orders, RunActivity recoverBy = RunActivity.Recover) =>
        PrepareAsync(
            recoverBy,
            ShopRelease.Final,
            async shop =>
            {
                await CreateFirstReleaseAsync(shop, orders);
                HostProcess.Run(
                    new HostCommand(shop.Folder, RunActivity.Migrate, ShopRelease.Final, KillAt: "Apply:11")
                );
                return "";
            }
        );

    /// <summary>The command that is killed at the given point.</summary>
    public HostCommand KilledAt(string point) => _command with { Argument = Argument, KillAt = point };

    /// <summary>Restores the prepared files.</summary>
    public void Reset()
    {
        Directory.Delete(Shop.Folder, recursive: true);
        CopyFolder(_prepared, Shop.Folder);
    }

    /// <summary>Starts the program again, either once to recover and once as usual, or as usual at once.</summary>
    /// <returns>The deviations from the required state.</returns>
    public async Task<IReadOnlyList<string>> NextStartAsync(bool recoverFirst)
    {
        var manager = Manager;
        var faults = new List<string>();
        if (recoverFirst)
        {
            await manager.RecoverAsync();
            faults.AddRange(await ShopInspection.FaultsOfAsync(Shop, manager, Recovered));
        }
        await StartAsync(manager);
        faults.AddRange(await ShopInspection.FaultsOfAsync(Shop, manager, Started));
        var status = await manager.GetStatusAsync();
        if (status.Verdict != MigrationVerdict.UpToDate)
        {
            faults.Add($"the status is {status.Verdict}");
        }
        return faults;
    }

    public void Dispose() => _folder.Dispose();

    private string Argument { get; set; } = "";

    private static Task<CrashScenario> RestoreAsync(int orders, int bytesPerOrder, string thenRun) =>
        PrepareAsync(
            RunActivity.Restore,
            ShopRelease.Final,
            async shop =>
            {
                await CreateFirstReleaseAsync(shop, orders, bytesPerOrder: bytesPerOrder);
                var summary = await shop.Manager(ShopRelease.Final).MigrateAsync();
                foreach (var database in new[] { "shop", "archive" })
                {
                    shop.Execute("INSERT INTO orders (customer) VALUES ('newer')", database);
                    shop.Execute(thenRun, database);
                }
                return summary.BackupId!;
            }
        );

    private static async Task<CrashScenario> CompiledAsync(Func<Task<CrashScenario>> prepare)
    {
        var scenario = await prepare();
        await scenario.ChangeAsync(scenario._command with { Compiled = true });
        return scenario;
    }

    private async Task ChangeAsync(HostCommand command)
    {
        _command = command;
        Reset();
        await ObserveAsync();
    }

    private static async Task<CrashScenario> PrepareAsync(
        RunActivity activity,
        ShopRelease release,
        Func<Shop, Task<string>> prepare,
        string? disk = null
    )
    {
        var scenario = new CrashScenario(activity, release, disk);
        scenario.Argument = await prepare(scenario.Shop);
        CopyFolder(scenario.Shop.Folder, scenario._prepared);
        await scenario.ObserveAsync();
        return scenario;
    }

    /// <summary>Determines the points and the correct final states from runs that are not killed.</summary>
    private async Task ObserveAsync()
    {
        await Manager.RecoverAsync();
        var before = (ShopState.Read(Shop), await StartedAsync());
        Reset();
        var points = new List<string>();
        // A process of its own would report the same, and takes a second to begin.
        var point = new CrashPoint("", points.Add);
        RunPoints.Watch(name => point.Reach(name));
        await KilledAt("").RunAsync(point);
        Points = [.. points.Select(line => line.Split(' ')[0])];
        var after = (ShopState.Read(Shop), await StartedAsync());
        (Recovered, Started) = ([before.Item1, after.Item1], [before.Item2, after.Item2]);
    }

    private async Task<ShopState> StartedAsync()
    {
        await StartAsync(Manager);
        return ShopState.Read(Shop);
    }

    private async Task StartAsync(IMigrationManager manager)
    {
        if (_command.Activity == RunActivity.Adopt)
        {
            await manager.AdoptAsync(new AdoptOptions { OnlyIfCertain = true });
        }
        await manager.MigrateAsync();
    }

    private static async Task<string> CreateFirstReleaseAsync(Shop shop, int orders, int bytesPerOrder)
    {
        await CreateFirstReleaseAsync(shop, orders);
        foreach (var database in new[] { "shop", "archive" })
        {
            shop.Execute($"UPDATE orders SET customer = customer || printf('%.*c', {bytesPerOrder}, 'x')", database);
        }
        return "";
    }

    private static async Task<string> CreateFirstReleaseAsync(Shop shop, int orders, params string[] databases)
    {
        foreach (var database in databases is [] ? ["shop", "archive"] : databases)
        {
            await shop.CreateFirstReleaseAsync(orders, database);
        }
        return "";
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        }
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
        }
    }
}
