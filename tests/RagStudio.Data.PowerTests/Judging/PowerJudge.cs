using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>
/// Records a scenario once and restarts the program on the states that a power failure could have left.
/// </summary>
internal sealed class PowerJudge(RecorderLibrary library)
{
    /// <param name="scenario">The scenario.</param>
    /// <param name="count">The number of cuts. Different cuts may leave equal states, of which one is judged.</param>
    /// <param name="seed">Chooses the cuts.</param>
    /// <param name="isMissing">Selects operations to omit, as if the program did not perform them.</param>
    public async Task<PowerVerdict> JudgeAsync(
        PowerScenario scenario,
        int count,
        int seed,
        Predicate<DiskOperation>? isMissing = null
    )
    {
        scenario.Reset();
        var (disk, check) = (DiskModel.Of(scenario.Folder), DiskModel.Of(scenario.Folder));
        var run = await RecordedRun.OfAsync(library, scenario.Folder, scenario.Arguments);
        if (run.Code != 0)
        {
            return new PowerVerdict(
                0,
                [$"{scenario.Name}: the run without a failure ended with {run.Code}: {run.Error}"]
            );
        }
        scenario.Observe();
        ThrowIfIncomplete(check, run, scenario.Folder);
        var left = run with
        {
            Operations = [.. run.Operations.Where(operation => isMissing?.Invoke(operation) != true)],
        };
        return await JudgeAsync(scenario, disk, left, PowerCut.Of(left.Operations, count, new Random(seed)), seed);
    }

    /// <summary>
    /// Replaying all recorded operations must yield the actual content; otherwise the recorder has missed
    /// something.
    /// </summary>
    private static void ThrowIfIncomplete(DiskModel disk, RecordedRun run, string folder)
    {
        foreach (var operation in run.Operations)
        {
            disk.Apply(operation);
        }
        var (recorded, real) = (disk.Now().Describe().ToArray(), DiskModel.Of(folder).Now().Describe().ToArray());
        if (!recorded.SequenceEqual(real))
        {
            throw new InvalidOperationException(
                $"The recording lacks something. Recorded only: {string.Join(", ", recorded.Except(real))}; real only: {string.Join(", ", real.Except(recorded))}."
            );
        }
    }

    private static async Task<PowerVerdict> JudgeAsync(
        PowerScenario scenario,
        DiskModel disk,
        RecordedRun run,
        IEnumerable<PowerCut> cuts,
        int seed
    )
    {
        var (done, judged, faults) = (0, new HashSet<(bool, string)>(), new List<string>());
        foreach (var cut in cuts)
        {
            for (; done < cut.After; done++)
            {
                disk.Apply(run.Operations[done]);
            }
            var random = new Random(cut.Seed);
            var state = disk.After(cut.How, random);
            var isDone = done == run.Operations.Count;
            if (judged.Add((isDone, state.Hash)))
            {
                state.WriteTo(scenario.Folder);
                var where = done == 0 ? "before all" : $"after {done}, {run.Operations[done - 1]}";
                faults.AddRange(
                    (await FaultsAsync(scenario, isDone, random)).Select(fault =>
                        $"{scenario.Name}, seed {seed}: {cut.How} survives {where} (seed {cut.Seed}): {fault}"
                    )
                );
            }
        }
        return new PowerVerdict(judged.Count, faults);
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(PowerScenario scenario, bool isDone, Random random)
    {
        try
        {
            return await scenario.FaultsAsync(isDone, random);
        }
        // Whatever exception a start ends with, the judge must report it.
        catch (Exception failure)
        {
            return [failure.ToString()];
        }
    }
}
