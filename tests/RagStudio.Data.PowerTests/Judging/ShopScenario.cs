using RagStudio.Data.CrashHost;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>A scenario of the crash host: two databases of a shop.</summary>
internal sealed class ShopScenario(string name, CrashScenario scenario) : PowerScenario(name)
{
    private IReadOnlyList<string> _backups = [];

    public override string Folder => scenario.Shop.Folder;

    public override IReadOnlyList<string> Arguments =>
        [typeof(HostProcess).Assembly.Location, .. scenario.KilledAt("").ToArguments()];

    public override void Reset() => scenario.Reset();

    public override void Observe() => _backups = Backups();

    public override async Task<IReadOnlyList<string>> FaultsAsync(bool isDone, Random random)
    {
        var faults = new List<string>();
        if (isDone)
        {
            faults.AddRange(_backups.Except(Backups()).Select(set => $"the backup {set} is gone"));
            await scenario.Manager.RecoverAsync();
            faults.AddRange(await ShopInspection.FaultsOfAsync(scenario.Shop, scenario.Manager, [scenario.Done]));
        }
        faults.AddRange(await scenario.NextStartAsync(recoverFirst: random.Next(2) == 0));
        var files = scenario.Shop.Files();
        await scenario.Manager.MigrateAsync();
        faults.AddRange(scenario.Shop.Files().Except(files).Select(file => $"the second start has written {file}"));
        return faults;
    }

    public override void Dispose() => scenario.Dispose();

    private string[] Backups() =>
        Directory.Exists(scenario.Shop.Backups)
            ? [.. Directory.GetDirectories(scenario.Shop.Backups).Where(IsWhole).Select(path => Path.GetFileName(path))]
            : [];

    private static bool IsWhole(string set) => Path.GetExtension(set) != ".partial";
}
