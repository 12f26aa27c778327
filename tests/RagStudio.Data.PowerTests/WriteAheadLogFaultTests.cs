using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>
/// SQLite's own checkpoint, in the middle of a run whose commits are not flushed one by one, swallows the error of a flush, and the flush at the end of
/// the run succeeds over pages that are lost.
/// </summary>
internal sealed class WriteAheadLogFaultTests : PowerTest
{
    private const string Log = "shop.db-wal";

    [Test]
    public async Task A_flush_of_the_write_ahead_log_that_fails_within_a_run_fails_the_run()
    {
        using var scenario = await PowerScenarios.MigrateMuchAsync();
        var judge = new FaultJudge(Library);
        var flushes = (await judge.CountAsync(scenario, Log))[FaultClass.Sync];
        var wrong = new List<string>();
        for (var first = 1; first <= flushes; first++)
        {
            wrong.AddRange(
                await judge.JudgeDoneAsync(
                    scenario,
                    new DiskFault(FaultClass.Sync, first, DiskError.InputOutput, 1, Log)
                ) ?? []
            );
        }
        Assert.That(flushes, Is.Positive);
        Assert.That(wrong, Is.Empty);
    }
}
