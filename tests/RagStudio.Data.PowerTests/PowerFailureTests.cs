using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>
/// The power fails during an operation, and the program is restarted on what the disk may then contain. This
/// project's command tries thousands of states: <c>dotnet run --project PowerTests -- --states 5000</c>.
/// </summary>
internal sealed class PowerFailureTests : PowerTest
{
    private const int Seed = 1;
    private const int States = 16;

    private static IEnumerable<int> Scenarios => Enumerable.Range(0, PowerScenarios.All.Count);

    [TestCaseSource(nameof(Scenarios))]
    public async Task Whatever_a_power_failure_leaves_the_next_start_ends_well(int number)
    {
        using var scenario = await PowerScenarios.All[number]();
        var verdict = await new PowerJudge(Library).JudgeAsync(scenario, States, Seed);
        Assert.That(verdict.Faults, Is.Empty, scenario.Name);
        Assert.That(verdict.States, Is.GreaterThan(States / 2), scenario.Name);
    }

    /// <summary>A judge that finds nothing here would find nothing anywhere.</summary>
    [TestCase(DiskCaller.Sqlite)]
    [TestCase(DiskCaller.Managed)]
    public async Task The_judge_finds_that_flushes_of_a_migration_are_missing(DiskCaller caller)
    {
        using var scenario = await PowerScenarios.MigrateAsync();
        Assert.That(await FaultsWithoutFlushesOfAsync(caller, scenario), Is.Not.Empty);
    }

    /// <summary>The last of them makes the name of the set durable.</summary>
    [Test]
    public async Task The_judge_finds_that_flushes_of_folders_are_missing()
    {
        using var scenario = await new NewBackupFolderScenario().PrepareAsync();
        Assert.That(await FaultsWithoutFlushesOfAsync(DiskCaller.Managed, scenario), Is.Not.Empty);
    }

    private async Task<IReadOnlyList<string>> FaultsWithoutFlushesOfAsync(DiskCaller caller, PowerScenario scenario)
    {
        var verdict = await new PowerJudge(Library).JudgeAsync(
            scenario,
            States,
            Seed,
            operation => operation.Kind == DiskOperationKind.Sync && operation.Caller == caller
        );
        return verdict.Faults;
    }
}
