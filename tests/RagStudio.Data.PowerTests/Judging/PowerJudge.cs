using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>Restarts the program on the states that a power failure could have left.</summary>
internal static class PowerJudge
{
    /// <param name="recorded">The recorded scenario.</param>
    /// <param name="count">The number of cuts. Different cuts may leave equal states, of which one is judged.</param>
    /// <param name="seed">Chooses the cuts.</param>
    public static async Task<PowerVerdict> JudgeAsync(RecordedScenario recorded, int count, int seed)
    {
        var (states, faults) = (0, new List<string>());
        await foreach (var found in JudgeAsync(recorded, recorded.Run.Operations, count, seed))
        {
            states++;
            faults.AddRange(found);
        }
        return new PowerVerdict(states, faults);
    }

    /// <summary>Judges the program as if it did not perform some of its operations.</summary>
    /// <inheritdoc cref="JudgeAsync(RecordedScenario, int, int)"/>
    /// <returns>The faults of the first bad state; empty if there is none.</returns>
    public static async Task<IReadOnlyList<string>> FindFaultWithoutAsync(
        RecordedScenario recorded,
        Predicate<DiskOperation> isMissing,
        int count,
        int seed
    )
    {
        DiskOperation[] left = [.. recorded.Run.Operations.Where(operation => !isMissing(operation))];
        await foreach (var found in JudgeAsync(recorded, left, count, seed))
        {
            if (found.Count > 0)
            {
                return found;
            }
        }
        return [];
    }

    /// <returns>The faults of each state.</returns>
    private static async IAsyncEnumerable<IReadOnlyList<string>> JudgeAsync(
        RecordedScenario recorded,
        IReadOnlyList<DiskOperation> operations,
        int count,
        int seed
    )
    {
        var (scenario, disk) = (recorded.Scenario, recorded.Begin());
        var (done, judged) = (0, new HashSet<(bool, string)>());
        foreach (var cut in PowerCut.Of(operations, count, new Random(seed)))
        {
            disk.Apply(operations.Take(done..cut.After));
            done = cut.After;
            var random = new Random(cut.Seed);
            var state = disk.After(cut.How, random);
            var isDone = done == operations.Count;
            if (judged.Add((isDone, state.Hash)))
            {
                state.WriteTo(scenario.Folder);
                var where = done == 0 ? "before all" : $"after {done}, {operations[done - 1]}";
                yield return
                [
                    .. (await FaultsAsync(scenario, isDone, random)).Select(fault =>
                        $"{scenario.Name}, seed {seed}: {cut.How} survives {where} (seed {cut.Seed}): {fault}"
                    ),
                ];
            }
        }
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
