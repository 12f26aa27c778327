namespace RagStudio.Data.Benchmarks;

/// <summary>Measures the programs of scenarios in turns, so that a slow moment of the machine hits all.</summary>
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
        ColdChild[] all = [Empty, .. children];
        var memory = new double[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            memory[i] = await ChildProcess.PeakMemoryAsync(all[i]);
        }
        var times = Array.ConvertAll(all, _ => new List<double>());
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                times[i].Add((await ChildProcess.TimeAsync(all[i])).TotalMilliseconds);
            }
        }
        var empty = Median(times[0]);
        return ColdResult.Of(
            scenario,
            [
                .. all.Select(
                    (child, i) => new ColdProgram(child.Name, Median(times[i]), Median(times[i]) - empty, memory[i])
                ),
            ]
        );
    }

    private static ColdChild Empty => ColdChild.Self(Programs.Empty, Child.Empty);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
