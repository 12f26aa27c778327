using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>A judge that finds nothing here would find nothing anywhere.</summary>
[Parallelizable]
internal sealed class MissingFlushTests
{
    private const int Seed = 1;
    private const int States = 16;

    [Test]
    public async Task The_judge_finds_that_flushes_of_a_migration_are_missing()
    {
        using var recorded = await RecordAsync(PowerScenarios.Migrate);
        Assert.That(await FindFaultAsync(recorded, DiskCaller.Sqlite), Is.Not.Empty, "SQLite's");
        Assert.That(await FindFaultAsync(recorded, DiskCaller.Managed), Is.Not.Empty, "ours");
    }

    /// <summary>The last of them keeps the name of the set.</summary>
    [Test]
    public async Task The_judge_finds_that_flushes_of_folders_are_missing()
    {
        using var recorded = await RecordAsync(PowerScenarios.BackUpElsewhere);
        Assert.That(await FindFaultAsync(recorded, DiskCaller.Managed), Is.Not.Empty);
    }

    private static async Task<RecordedScenario> RecordAsync(string name) =>
        await RecordedScenario.OfAsync(Recorder.Library, await PowerScenarios.PrepareAsync(name));

    private static Task<IReadOnlyList<string>> FindFaultAsync(RecordedScenario recorded, DiskCaller caller) =>
        PowerJudge.FindFaultWithoutAsync(
            recorded,
            operation => operation.Kind == DiskOperationKind.Sync && operation.Caller == caller,
            States,
            Seed
        );
}
