using System.Diagnostics;
using System.Globalization;
using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

// Usage: [--states N] [--seed N]: as many states over all scenarios; exit code 0, or 1 with what was wrong on stdout.
if (RecorderLibrary.FindObstacle() is { } obstacle)
{
    Console.WriteLine(obstacle);
    return 2;
}
var (states, seed) = (Option("--states", 5000), Option("--seed", Environment.TickCount));
Console.WriteLine($"{states} states, seed {seed}");
using var library = RecorderLibrary.Compile();
var (judge, total, faults) = (new PowerJudge(library), 0, 0);
foreach (var prepare in PowerScenarios.All)
{
    var watch = Stopwatch.StartNew();
    using var scenario = await prepare();
    var verdict = await judge.JudgeAsync(scenario, states / PowerScenarios.All.Count, seed);
    (total, faults) = (total + verdict.States, faults + verdict.Faults.Count);
    foreach (var fault in verdict.Faults)
    {
        Console.WriteLine(fault);
    }
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.Name}: {verdict.States} states, {verdict.Faults.Count} faults, {watch.Elapsed.TotalSeconds:F1} s"
        )
    );
}
Console.WriteLine($"{total} states, {faults} faults, seed {seed}");
return faults == 0 ? 0 : 1;

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
