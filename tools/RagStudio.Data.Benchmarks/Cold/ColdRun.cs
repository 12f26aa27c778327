namespace RagStudio.Data.Benchmarks;

/// <summary>Measures the programs of scenarios in turns, so a slow moment of the machine affects all of them.</summary>
internal static class ColdRun
{
    public static async Task<IReadOnlyList<ColdResult>> ExecuteAsync(
        IEnumerable<ColdScenario> scenarios,
        BenchmarkDatabases databases,
        BenchmarkOptions options
    )
    {
        var results = new List<ColdResult>();
        foreach (var scenario in scenarios)
        {
            Console.Error.WriteLine($"{scenario.Name}: preparing");
            var children = await scenario.PrepareAsync(databases, options.Quick);
            Console.Error.WriteLine($"{scenario.Name}: measuring");
            var result = await MeasureAsync(scenario, children, scenario.Runs(options.Quick));
            Console.Error.WriteLine(
                $"{scenario.Name}: {string.Join(", ", result.Programs.Select(program => $"{program.Name} {program.Milliseconds:N0} ms"))}"
            );
            results.Add(result);
        }
        return results;
    }

    private static async Task<ColdResult> MeasureAsync(
        ColdScenario scenario,
        IReadOnlyList<ColdChild> children,
        int runs
    )
    {
        var measured = children.Select(child => new MeasuredChild(child)).ToList();
        foreach (var child in measured)
        {
            await child.MeasureMemoryAsync();
        }
        for (var run = 0; run < runs; run++)
        {
            foreach (var child in measured.Where(child => run < child.MostRuns))
            {
                await child.TimeAsync();
            }
        }
        return ColdResult.Of(scenario, [.. measured.Select(child => child.Describe(empty: measured[0]))]);
    }
}
