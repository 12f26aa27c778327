using RagStudio.Data.CrashHost;

namespace RagStudio.Data.PowerTests.Recording;

/// <summary>A recorder that misses an operation would accept every state.</summary>
internal sealed class RecorderTests : PowerTest
{
    [Test]
    public async Task The_recorder_sees_the_calls_of_SQLite_of_NET_and_of_a_DllImport()
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 10);
        scenario.Reset();

        var run = await RunAsync(scenario);

        var seen = run.Operations.Select(operation => (operation.Kind, operation.Caller)).ToHashSet();
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(seen, Does.Contain((DiskOperationKind.Write, DiskCaller.Sqlite)));
            Assert.That(seen, Does.Contain((DiskOperationKind.Sync, DiskCaller.Sqlite)));
            Assert.That(seen, Does.Contain((DiskOperationKind.Write, DiskCaller.SystemNative)));
            Assert.That(seen, Does.Contain((DiskOperationKind.Rename, DiskCaller.SystemNative)));
            Assert.That(seen, Does.Contain((DiskOperationKind.Sync, DiskCaller.Managed)), "a flush of a folder");
        });
    }

    [TestCase(FaultClass.Sync)]
    [TestCase(FaultClass.Write)]
    [TestCase(FaultClass.Rename)]
    [TestCase(FaultClass.Create)]
    public async Task A_fault_that_lasts_fails_the_run_from_its_first_call_on(FaultClass kind)
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 10);
        scenario.Reset();

        var run = await RunAsync(scenario, new DiskFault(kind, First: 1, DiskError.InputOutput, Count: 0));

        Assert.That(run.HadFault);
        Assert.That(run.Code, Is.Not.Zero);
    }

    private Task<RecordedRun> RunAsync(CrashScenario scenario, DiskFault? fault = null) =>
        RecordedRun.OfAsync(
            Library,
            scenario.Shop.Folder,
            [typeof(HostProcess).Assembly.Location, .. scenario.KilledAt("").ToArguments()],
            fault
        );
}
