using RagStudio.Data.PowerTests.Judging;

namespace RagStudio.Data.PowerTests;

/// <summary>
/// A migration's call to the disk fails, once or from there on. This project's command tries every call:
/// <c>dotnet run --project PowerTests -- --faults</c>.
/// </summary>
internal sealed class DiskFaultTests : PowerTest
{
    private const int OfEachClass = 2;

    [Test]
    public async Task MigrateAsync_on_a_disk_that_fails_ends_with_a_typed_error_and_loses_nothing()
    {
        using var scenario = await PowerScenarios.MigrateAsync();
        var judge = new FaultJudge(Library);
        var (wrong, runs) = (new List<string>(), 0);
        foreach (var fault in FaultPlan.Of(await judge.CountAsync(scenario), OfEachClass))
        {
            var faults = await judge.JudgeAsync(scenario, fault);
            runs += faults is null ? 0 : 1;
            wrong.AddRange(faults ?? []);
        }
        Assert.That(wrong, Is.Empty);
        Assert.That(runs, Is.GreaterThan(3 * OfEachClass), "runs that came to the call that was to fail");
    }
}
