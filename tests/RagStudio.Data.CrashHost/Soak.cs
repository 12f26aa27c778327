using System.Globalization;

namespace RagStudio.Data.CrashHost;

/// <summary>Kills every scenario at random points and random moments, repeatedly.</summary>
internal static class Soak
{
    private const int Orders = 3000;
    private const int BytesPerOrder = 3000;
    private const int ReportEvery = 50;

    public static async Task<int> RunAsync(string[] options)
    {
        var (kills, seed) = (Option(options, "--kills", 500), Option(options, "--seed", Environment.TickCount));
        Console.WriteLine($"{kills} kills, seed {seed}");
        var scenarios = await PrepareAsync();
        var (random, violations, killed) = (new Random(seed), 0, 0);
        for (var i = 1; i <= kills; i++)
        {
            var (name, scenario) = scenarios[random.Next(scenarios.Count)];
            scenario.Reset();
            var (how, exit) = Kill(scenario, random);
            killed += exit.Code == HostProcess.Killed ? 1 : 0;
            foreach (var fault in await FaultsOfAsync(scenario, exit, recoverFirst: random.Next(2) == 0))
            {
                violations++;
                Console.WriteLine($"kill {i}, {name} {how}: {fault}");
            }
            if (i % ReportEvery == 0)
            {
                Console.WriteLine($"{i} runs, {killed} killed, {violations} violations");
            }
        }
        scenarios.ForEach(scenario => scenario.Scenario.Dispose());
        Console.WriteLine($"{kills} runs, {killed} killed, {violations} violations, seed {seed}");
        return violations == 0 ? 0 : 1;
    }

    private static async Task<List<(string Name, CrashScenario Scenario)>> PrepareAsync() =>
        [
            ("migrate", await CrashScenario.MigrateAsync(Orders)),
            ("migrate slowly", await CrashScenario.MigrateSlowlyAsync(Orders)),
            ("create", await CrashScenario.CreateAsync()),
            ("create the archive", await CrashScenario.CreateArchiveAsync(Orders)),
            ("migrate archived", await CrashScenario.MigrateArchivedAsync(Orders)),
            ("migrate half compiled", await CrashScenario.MigrateHalfCompiledAsync(Orders)),
            ("roll back", await CrashScenario.RollBackAsync(Orders)),
            ("restore", await CrashScenario.RestoreAsync(Orders, BytesPerOrder)),
            ("back up", await CrashScenario.BackUpAsync(Orders, BytesPerOrder)),
            ("recover", await CrashScenario.RecoverAsync(Orders)),
            ("recover and migrate", await CrashScenario.RecoverAsync(Orders, Migrator.RunActivity.Migrate)),
        ];

    /// <summary>Half of the kills hit a point, the others a moment after one.</summary>
    private static (string How, HostExit Exit) Kill(CrashScenario scenario, Random random)
    {
        var point = scenario.Points[random.Next(scenario.Points.Count)];
        if (random.Next(2) == 0)
        {
            return ($"at {point}", HostProcess.Run(scenario.KilledAt(point)));
        }
        var delay = TimeSpan.FromMilliseconds(random.Next(60));
        using var process = HostProcess.Start(scenario.KilledAt(""));
        process.WaitFor(point);
        return ($"{delay.TotalMilliseconds} ms after {point}", process.KillAfter(delay));
    }

    private static async Task<IReadOnlyList<string>> FaultsOfAsync(
        CrashScenario scenario,
        HostExit exit,
        bool recoverFirst
    )
    {
        if (exit.Code is not (0 or HostProcess.Killed))
        {
            return [$"it ended with {exit.Code}: {exit.Error}"];
        }
        try
        {
            return await scenario.NextStartAsync(recoverFirst);
        }
        // A soak test that runs for hours counts every failure, of whatever kind, and continues.
        catch (Exception failure)
        {
            return [failure.ToString()];
        }
    }

    private static int Option(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is >= 0 and var at
            ? int.Parse(options[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
