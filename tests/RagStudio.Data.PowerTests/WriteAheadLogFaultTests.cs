using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>
/// SQLite's own checkpoint, in the middle of a run whose commits are not flushed one by one, swallows the
/// error of a failed flush, and the flush at the end of the run succeeds without the lost pages.
/// </summary>
[Explicit("It takes many minutes; run it by its name after a change of what is flushed when.")]
internal sealed class WriteAheadLogFaultTests
{
    [Test]
    public async Task A_flush_of_the_write_ahead_log_that_fails_within_a_run_fails_the_run()
    {
        var scenario = await PowerScenarios.MigrateMuchAsync();

        Assert.That(await FindLossesAsync(scenario, "shop.db-wal"), Is.Empty);
    }

    [Test]
    public async Task A_flush_of_the_write_ahead_log_that_fails_within_an_import_loses_nothing_that_an_event_names()
    {
        var scenario = await PowerScenarios.ImportMuchAsync();

        Assert.That(await FindLossesAsync(scenario, "app_meta.db-wal"), Is.Empty);
    }

    /// <summary>Runs a scenario once for each flush of a log, and makes that flush fail.</summary>
    private static async Task<IReadOnlyList<string>> FindLossesAsync(PowerScenario scenario, string log)
    {
        var judge = new FaultJudge(Recorder.Library);
        using var recorded = await RecordedScenario.OfAsync(Recorder.Library, scenario);
        var flushes = FaultJudge.Count(recorded.Run, log)[FaultClass.Sync];
        Assert.That(flushes, Is.Positive);
        var wrong = new List<string>();
        for (var first = 1; first <= flushes; first++)
        {
            wrong.AddRange(
                await judge.JudgeDoneAsync(
                    scenario,
                    new DiskFault(FaultClass.Sync, first, DiskError.InputOutput, 1, log)
                ) ?? []
            );
        }
        return wrong;
    }
}
