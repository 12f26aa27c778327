using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Runs a scenario on a disk that fails, and looks at how it ends and at what the next start finds, with and without a power failure after it.</summary>
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

    /// <summary>How many calls of each class a run makes that nothing hinders.</summary>
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

    /// <returns>What was wrong; <see langword="null"/> where the run did not come to the call that was to fail.</returns>
    public Task<IReadOnlyList<string>?> JudgeAsync(PowerScenario scenario, DiskFault fault) =>
        JudgeAsync(scenario, fault, onlyDone: false);

    /// <summary>The same for a run only that says that all is done; one that ends with an error of ours is good.</summary>
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
        // Whatever it is that a start ends with, it is what the judge is for.
        catch (Exception failure)
        {
            return [$"{when} {failure}"];
        }
    }
}
