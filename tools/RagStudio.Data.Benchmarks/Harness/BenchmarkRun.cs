namespace RagStudio.Data.Benchmarks;

/// <summary>Measures scenarios, both sides in turns, so a slow moment of the machine affects both.</summary>
internal static class BenchmarkRun
{
    public static async Task<IReadOnlyList<ScenarioResult>> ExecuteAsync(
        IEnumerable<Scenario> scenarios,
        BenchmarkDatabases databases,
        BenchmarkOptions options
    )
    {
        var results = new List<ScenarioResult>();
        foreach (var scenario in scenarios)
        {
            Console.Error.WriteLine($"{scenario.Name}: preparing");
            await scenario.PrepareAsync(databases);
            Console.Error.WriteLine($"{scenario.Name}: measuring");
            results.Add(await MeasureAsync(scenario, options.Runs));
            Console.Error.WriteLine(
                $"{scenario.Name}: {results[^1].Milliseconds:N0} ms, peer {results[^1].PeerMilliseconds:N0} ms"
            );
        }
        return results;
    }

    private static async Task<ScenarioResult> MeasureAsync(Scenario scenario, int runs)
    {
        var (ours, peer) = (new Measured(), new Measured());
        // Both sides read the file once before, so neither is charged for a cold disk or for JIT compilation.
        await scenario.RunAsync();
        await scenario.MeasurePeerAsync();
        for (var i = 0; i < runs; i++)
        {
            await ours.RunAsync(scenario.RunAsync);
            if (scenario.HasPeer)
            {
                await peer.RunAsync(scenario.MeasurePeerAsync);
            }
        }
        return new ScenarioResult(
            scenario.Name,
            scenario.Description,
            scenario.HasPeer ? ours.Median : ours.Longest,
            scenario.HasPeer ? peer.Median : null,
            scenario.HasPeer ? ours.Median / peer.Median : null,
            scenario.Target,
            ours.ManagedMegabytes,
            ours.WorkingSetMegabytes,
            peer.ManagedMegabytes
        );
    }
}
