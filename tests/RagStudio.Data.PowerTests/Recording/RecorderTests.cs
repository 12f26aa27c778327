using RagStudio.Data.CrashHost;

namespace RagStudio.Data.PowerTests.Recording;

/// <summary>A recorder that misses something would call every state good.</summary>
[Parallelizable]
internal sealed class RecorderTests
{
    private CrashScenario _scenario = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _ = Recorder.Library;
        _scenario = await CrashScenario.MigrateAsync(orders: 10);
    }

    [OneTimeTearDown]
    public void Remove() => _scenario?.Dispose();

    [Test]
    public async Task The_recorder_sees_the_calls_of_SQLite_of_NET_and_of_a_DllImport()
    {
        var run = await RunAsync();

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
        var run = await RunAsync(new DiskFault(kind, First: 1, DiskError.InputOutput, Count: 0));

        Assert.That(run.HadFault);
        Assert.That(run.Code, Is.Not.Zero);
    }

    private Task<RecordedRun> RunAsync(DiskFault? fault = null)
    {
        _scenario.Reset();
        return RecordedRun.OfAsync(
            Recorder.Library,
            _scenario.Shop.Folder,
            [typeof(HostProcess).Assembly.Location, .. _scenario.KilledAt("").ToArguments()],
            fault
        );
    }
}
