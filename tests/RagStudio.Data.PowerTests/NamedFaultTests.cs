using RagStudio.Data.PowerTests.Judging;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>Calls that fail for certain files or folders only.</summary>
[Parallelizable]
internal sealed class NamedFaultTests
{
    [TestCase(DiskError.Invalid, true)]
    [TestCase(DiskError.NotSupported, true)]
    [TestCase(DiskError.InputOutput, false)]
    public async Task A_run_goes_on_where_the_file_system_flushes_no_folders_but_not_where_it_fails_to(
        DiskError error,
        bool goesOn
    )
    {
        using var scenario = await PowerScenarios.PrepareAsync("back up");
        scenario.Reset();

        var run = await RecordedRun.OfAsync(
            Recorder.Library,
            scenario.Folder,
            scenario.Arguments,
            new DiskFault(FaultClass.Sync, First: 1, error, Count: 0, "/backups")
        );

        Assert.That(run.HadFault);
        Assert.That(run.Code == 0, Is.EqualTo(goesOn), run.Error);
    }

    /// <summary>SQLite does not report it, and the set would have a file that its manifest does not name.</summary>
    [Test]
    public async Task A_log_of_a_copy_that_SQLite_could_not_remove_does_not_stay_in_the_set()
    {
        using var scenario = await PowerScenarios.PrepareAsync("recover");
        var fault = new DiskFault(FaultClass.Unlink, First: 1, DiskError.InputOutput, 1, ".partial/archive.db-wal");

        var verdict = await new FaultJudge(Recorder.Library).JudgeAsync(scenario, [fault]);

        Assert.That(verdict.Faults, Is.Empty);
        Assert.That(verdict.States, Is.EqualTo(1), "runs that reached the call that was to fail");
    }
}
