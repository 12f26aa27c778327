using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>
/// Runs a scenario on a failing disk, and examines how it ends and what the next start finds, with and
/// without a power failure after it.
/// </summary>
internal sealed class FaultJudge(RecorderLibrary library)
{
    private static readonly Dictionary<FaultClass, DiskOperationKind[]> Kinds = new()
    {
        [FaultClass.Sync] = [DiskOperationKind.Sync],
        [FaultClass.Write] = [DiskOperationKind.Write, DiskOperationKind.Allocate],
        [FaultClass.Rename] = [DiskOperationKind.Rename],
        [FaultClass.Unlink] = [DiskOperationKind.Unlink, DiskOperationKind.RemoveFolder],
        [FaultClass.Truncate] = [DiskOperationKind.Truncate],
        [FaultClass.Create] = [DiskOperationKind.Create, DiskOperationKind.MakeFolder],
    };

    /// <summary>Counts the calls of each class in an undisturbed run.</summary>
    public async Task<IReadOnlyDictionary<FaultClass, int>> CountAsync(PowerScenario scenario, string name = "")
    {
        scenario.Reset();
        var run = await RecordedRun.OfAsync(library, scenario.Folder, scenario.Arguments);
        var names = new Dictionary<ulong, string>();
        foreach (var operation in run.Operations.Where(operation => operation is { File: > 0, Path.Length: > 0 }))
        {
            names[operation.File] = operation.Path;
        }
        return Kinds.ToDictionary(
            kind => kind.Key,
            kind =>
                run.Operations.Count(operation =>
                    kind.Value.Contains(operation.Kind)
                    && (operation.File > 0 ? names.GetValueOrDefault(operation.File, "") : operation.Path).EndsWith(
                        name,
                        StringComparison.Ordinal
                    )
                )
        );
    }

    /// <returns>The faults; <see langword="null"/> if the run did not reach the call that was to fail.</returns>
    public Task<IReadOnlyList<string>?> JudgeAsync(PowerScenario scenario, DiskFault fault) =>
        JudgeAsync(scenario, fault, onlyDone: false);

    /// <summary>
    /// The same, but only for a run that reports success; one that ends with an error of ours is fine.
    /// </summary>
    public Task<IReadOnlyList<string>?> JudgeDoneAsync(PowerScenario scenario, DiskFault fault) =>
        JudgeAsync(scenario, fault, onlyDone: true);

    private async Task<IReadOnlyList<string>?> JudgeAsync(PowerScenario scenario, DiskFault fault, bool onlyDone)
    {
        scenario.Reset();
        var disk = DiskModel.Of(scenario.Folder);
        var run = await RecordedRun.OfAsync(library, scenario.Folder, scenario.Arguments, fault);
        if (!run.HadFault)
        {
            return null;
        }
        if (onlyDone && run.Code == scenario.FailureCode)
        {
            return [];
        }
        var faults = new List<string>();
        if (run.Code != 0 && run.Code != scenario.FailureCode)
        {
            faults.Add($"it ended with {run.Code}, which is no error of ours");
        }
        scenario.Observe();
        faults.AddRange(await FaultsAsync(scenario, run, "then"));
        foreach (var operation in run.Operations)
        {
            disk.Apply(operation);
        }
        foreach (var how in new[] { Survival.Nothing, Survival.Part })
        {
            disk.After(how, new Random(fault.First)).WriteTo(scenario.Folder);
            faults.AddRange(await FaultsAsync(scenario, run, $"after a power failure that {how} survives"));
        }
        return [.. faults.Select(text => $"{scenario.Name}, {fault}, exit {run.Code}: {text} [{run.Error.Trim()}]")];
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(PowerScenario scenario, RecordedRun run, string when)
    {
        try
        {
            var faults = await scenario.FaultsAsync(isDone: run.Code == 0, new Random(0));
            return [.. faults.Select(fault => $"{when} {fault}")];
        }
        // Whatever exception a start ends with, the judge must report it.
        catch (Exception failure)
        {
            return [$"{when} {failure}"];
        }
    }
}
