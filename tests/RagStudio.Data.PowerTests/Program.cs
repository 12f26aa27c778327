using System.Diagnostics;
using System.Globalization;
using RagStudio.Data.PowerTests;
using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

// Usage: [--states N] [--seed N], as many states over all scenarios; or --faults [N], so many failing calls of each class; of one scenario with --only NAME.
// Exit code 0, 1 with what was wrong on stdout, or 2 where the machine cannot do it.
if (RecorderLibrary.FindObstacle() is { } obstacle)
{
    Console.WriteLine(obstacle);
    return 2;
}
FastDisk.Use();
using var library = RecorderLibrary.Compile();
var (states, seed) = (Option("--states", 5000), Option("--seed", Environment.TickCount));
var (judged, wrong) = (0, 0);
foreach (var name in PowerScenarios.Names.Where(name => !args.Contains("--only") || args.Contains(name)))
{
    var watch = Stopwatch.StartNew();
    using var recorded = await RecordedScenario.OfAsync(library, await PowerScenarios.PrepareAsync(name));
    var verdict = args.Contains("--faults")
        ? await JudgeFaultsAsync(recorded)
        : await PowerJudge.JudgeAsync(recorded, states / PowerScenarios.Names.Length, seed);
    (judged, wrong) = (judged + verdict.States, wrong + verdict.Faults.Count);
    Tell($"{name}: {verdict.States} judged, {verdict.Faults.Count} wrong, {watch.Elapsed.TotalSeconds:F1} s");
    foreach (var fault in verdict.Faults)
    {
        Console.WriteLine(fault);
    }
}
Tell($"{judged} judged, {wrong} wrong, seed {seed}");
return wrong == 0 ? 0 : 1;

async Task<PowerVerdict> JudgeFaultsAsync(RecordedScenario recorded)
{
    var plan = FaultPlan.Of(FaultJudge.Count(recorded.Run), Option("--faults", int.MaxValue));
    return await new FaultJudge(library).JudgeAsync(recorded.Scenario, plan);
}

void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at
    && at + 1 < args.Length
    && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var value)
        ? value
        : otherwise;
