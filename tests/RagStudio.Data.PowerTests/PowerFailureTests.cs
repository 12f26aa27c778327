using RagStudio.Data.PowerTests.Judging;

namespace RagStudio.Data.PowerTests;

/// <summary>
/// The power or the disk fails during a scenario, and the program is restarted on what the disk may then hold. The
/// command of this project judges thousands of states, <c>dotnet run --project tests/RagStudio.Data.PowerTests -- --states 5000</c>,
/// or fails every call to the disk: <c>--faults</c>.
/// </summary>
[TestFixtureSource(nameof(Scenarios))]
[Parallelizable]
internal sealed class PowerFailureTests(string name)
{
    private const int Seed = 1;
    private const int States = 13;

    private static readonly IReadOnlyList<string> Scenarios = PowerScenarios.Names;

    private RecordedScenario _recorded = null!;

    [OneTimeSetUp]
    public async Task Record() =>
        _recorded = await RecordedScenario.OfAsync(Recorder.Library, await PowerScenarios.PrepareAsync(name));

    [OneTimeTearDown]
    public void Remove() => _recorded?.Dispose();

    [Test]
    public async Task Whatever_a_power_failure_leaves_the_next_start_ends_well()
    {
        var verdict = await PowerJudge.JudgeAsync(_recorded, States, Seed);
        Assert.That(verdict.Faults, Is.Empty);
        Assert.That(verdict.States, Is.GreaterThan(States / 2));
    }

    [Test]
    public async Task A_disk_that_fails_ends_the_run_with_a_typed_error_and_loses_nothing()
    {
        // Half of the classes of calls; the next scenario takes the others.
        var faults = FaultPlan
            .Of(FaultJudge.Count(_recorded.Run), most: 1)
            .Where(fault => ((int)fault.Class + PowerScenarios.Names.IndexOf(name)) % 2 == 0)
            .ToArray();
        var verdict = await new FaultJudge(Recorder.Library).JudgeAsync(_recorded.Scenario, faults);
        Assert.That(verdict.Faults, Is.Empty);
        Assert.That(verdict.States, Is.GreaterThan(faults.Length / 2), "runs that reached the call that was to fail");
    }
}
