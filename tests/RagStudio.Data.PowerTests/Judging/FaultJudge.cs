using RagStudio.Data.Cli;
using RagStudio.Data.Migrator;
using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>
/// Runs a scenario on a failing disk, and examines how it ends and what the next start finds, with and
/// without a power failure after it.
/// </summary>
internal sealed class FaultJudge(RecorderLibrary library)
{
    private static readonly string[] SaysThatUndoFailed =
    [
        nameof(RollbackFailedException),
        nameof(RecoveryFailedException),
        nameof(ExitCode.NeedsAttention),
    ];

    private static readonly Dictionary<FaultClass, DiskOperationKind[]> Kinds = new()
    {
        [FaultClass.Sync] = [DiskOperationKind.Sync],
        [FaultClass.Write] = [DiskOperationKind.Write, DiskOperationKind.Allocate],
        [FaultClass.Rename] = [DiskOperationKind.Rename],
        [FaultClass.Unlink] = [DiskOperationKind.Unlink, DiskOperationKind.RemoveFolder],
        [FaultClass.Truncate] = [DiskOperationKind.Truncate],
        [FaultClass.Create] = [DiskOperationKind.Create, DiskOperationKind.MakeFolder],
    };

    /// <summary>Counts the calls of each class in a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The end of the counted paths.</param>
    public static IReadOnlyDictionary<FaultClass, int> Count(RecordedRun run, string name = "")
    {
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

    /// <summary>Runs a scenario once for each fault.</summary>
    public async Task<PowerVerdict> JudgeAsync(PowerScenario scenario, IEnumerable<DiskFault> plan)
    {
        var (runs, wrong) = (0, new List<string>());
        foreach (var fault in plan)
        {
            if (await JudgeAsync(scenario, fault, onlyDone: false) is { } found)
            {
                runs++;
                wrong.AddRange(found);
            }
        }
        return new PowerVerdict(runs, wrong);
    }

    /// <summary>Judges only a run that reports success; one that ends with an error of ours is fine.</summary>
    /// <returns>The faults; <see langword="null"/> if the run did not reach the call that was to fail.</returns>
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
        if (onlyDone && scenario.FailureCodes.Contains(run.Code))
        {
            return [];
        }
        var faults = new List<string>();
        if (run.Code != 0 && !scenario.FailureCodes.Contains(run.Code))
        {
            faults.Add($"it ended with {run.Code}, which is no error of ours");
        }
        if (run.Code != 0 && WasDone(scenario, run))
        {
            faults.Add("it failed, although all had been done before the call that failed");
        }
        scenario.Observe();
        faults.AddRange(await FaultsAsync(scenario, run, "then"));
        disk.Apply(run.Operations);
        foreach (var how in new[] { Survival.Nothing, Survival.Part })
        {
            disk.After(how, new Random(fault.First)).WriteTo(scenario.Folder);
            faults.AddRange(await FaultsAsync(scenario, run, $"after a power failure that {how} survives"));
        }
        if (await FindReplacedErrorAsync(scenario, fault, run) is { } replaced)
        {
            faults.Add(replaced);
        }
        return [.. faults.Select(text => $"{scenario.Name}, {fault}, exit {run.Code}: {text} [{run.Error.Trim()}]")];
    }

    /// <summary>True if the run was complete before the call that failed, which only tidied up.</summary>
    private static bool WasDone(PowerScenario scenario, RecordedRun run)
    {
        var before = run.Operations.TakeWhile(operation => operation.Kind != DiskOperationKind.Fault).ToList();
        var last = scenario.Commits is { } commits ? before.FindLastIndex(commits) : -1;
        return last >= 0 && before.Skip(last).Any(operation => operation.Kind == DiskOperationKind.Sync);
    }

    /// <summary>
    /// Later failures must not hide the first one: the error must be the one that the first failing call alone leads
    /// to, or say that the undo failed too.
    /// </summary>
    private async Task<string?> FindReplacedErrorAsync(PowerScenario scenario, DiskFault fault, RecordedRun run)
    {
        if (fault.Count == 1 || run.Code == 0)
        {
            return null;
        }
        scenario.Reset();
        var first = await RecordedRun.OfAsync(library, scenario.Folder, scenario.Arguments, fault with { Count = 1 });
        var (one, all) = (scenario.ErrorOf(first), scenario.ErrorOf(run));
        return first.Code == 0 || one == all || SaysThatUndoFailed.Contains(all)
            ? null
            : $"it ended with {all}, where the first failing call alone leads to {one}";
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
