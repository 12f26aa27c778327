using System.Text;
using RagStudio.Data.CrashHost;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>A scenario of the crash host: two databases of a shop.</summary>
/// <param name="name">The name.</param>
/// <param name="scenario">The prepared scenario.</param>
/// <param name="lastLine">The event whose line in the journal completes the run; <see langword="null"/> for a run without a journal.</param>
internal sealed class ShopScenario(string name, CrashScenario scenario, string? lastLine) : PowerScenario(name)
{
    private IReadOnlyList<string> _backups = [];

    public override string Folder => scenario.Shop.Folder;

    public override IReadOnlyList<string> Arguments =>
        [typeof(HostProcess).Assembly.Location, .. scenario.KilledAt("").ToArguments()];

    public override Predicate<DiskOperation>? Commits =>
        operation =>
            lastLine is null
                ? operation.Kind == DiskOperationKind.Rename && operation.Path == operation.Other + ".partial"
                : operation.Kind == DiskOperationKind.Write
                    && Encoding
                        .UTF8.GetString(operation.Data.Span)
                        .StartsWith($$"""{"event":"{{lastLine}}""", StringComparison.Ordinal);

    /// <summary>The host prints its type.</summary>
    public override string ErrorOf(RecordedRun run) => run.Error.Split(':')[0];

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
