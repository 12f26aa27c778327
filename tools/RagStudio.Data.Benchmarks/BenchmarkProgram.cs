namespace RagStudio.Data.Benchmarks;

/// <summary>Runs the scenarios chosen on the command line and prints the results.</summary>
internal static class BenchmarkProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Sizes.AreQuick = args.Contains(BenchmarkOptions.QuickSwitch);
        var known = Scenarios.All.Select(scenario => scenario.Name).Concat(ColdScenarios.All.Select(cold => cold.Name));
        if (!BenchmarkOptions.TryParse(args, known, out var options, out var problem))
        {
            Console.Error.WriteLine(problem);
            return 2;
        }
        await using var databases = new BenchmarkDatabases();
        var results = await BenchmarkRun.ExecuteAsync(Scenarios.Chosen(options), databases, options);
        var cold = await ColdRun.ExecuteAsync(ColdScenarios.Chosen(options), databases, options);
        Print(results, cold);
        if (options.JsonFile is not null)
        {
            await ResultJson.WriteAsync(results, cold, options);
        }
        return 0;
    }

    private static void Print(IReadOnlyList<ScenarioResult> results, IReadOnlyList<ColdResult> cold)
    {
        if (results.Count > 0)
        {
            Console.WriteLine(ResultTable.Of(results));
        }
        if (cold.Count > 0)
        {
            Console.WriteLine(ColdTables.Of(cold));
        }
    }
}
