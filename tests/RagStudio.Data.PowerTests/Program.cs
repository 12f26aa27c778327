using System.Diagnostics;
using System.Globalization;
using RagStudio.Data.PowerTests;
using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

// Usage: [--states N] [--seed N] [--only NAME], as many states over all scenarios; or --faults [N], so many failing calls of each class.
// Exit code 0, 1 with what was wrong on stdout, or 2 where the machine cannot do it.
if (RecorderLibrary.FindObstacle() is { } obstacle)
{
    Console.WriteLine(obstacle);
    return 2;
}
FastDisk.Use();
using var library = RecorderLibrary.Compile();
var wrong = args.Contains("--faults") ? await JudgeFaultsAsync() : await JudgeStatesAsync();
return wrong == 0 ? 0 : 1;

async Task<int> JudgeStatesAsync()
{
    var (states, seed) = (Option("--states", 5000), Option("--seed", Environment.TickCount));
    Tell($"{states} states, seed {seed}");
    var (judge, total, faults) = (new PowerJudge(library), 0, 0);
    foreach (var prepare in PowerScenarios.All)
    {
        var watch = Stopwatch.StartNew();
        using var scenario = await prepare();
        if (args.Contains("--only") && !args.Contains(scenario.Name))
        {
            continue;
        }
        var verdict = await judge.JudgeAsync(scenario, states / PowerScenarios.All.Count, seed);
        (total, faults) = (total + verdict.States, faults + verdict.Faults.Count);
        TellAll(verdict.Faults);
        Tell(
            $"{scenario.Name}: {verdict.States} states, {verdict.Faults.Count} faults, {watch.Elapsed.TotalSeconds:F1} s"
        );
    }
    Tell($"{total} states, {faults} faults, seed {seed}");
    return faults;
}

async Task<int> JudgeFaultsAsync()
{
    var (judge, runs, wrong) = (new FaultJudge(library), 0, 0);
    using var scenario = await PowerScenarios.MigrateAsync();
    foreach (var fault in FaultPlan.Of(await judge.CountAsync(scenario), Option("--faults", int.MaxValue)))
    {
        var faults = await judge.JudgeAsync(scenario, fault) ?? [];
        (runs, wrong) = (runs + 1, wrong + faults.Count);
        TellAll(faults);
    }
    Tell($"{runs} runs with a failing call, {wrong} faults");
    return wrong;
}

void TellAll(IEnumerable<string> lines)
{
    foreach (var line in lines)
    {
        Console.WriteLine(line);
    }
}

void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at
    && at + 1 < args.Length
    && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var value)
        ? value
        : otherwise;
