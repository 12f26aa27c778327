using RagStudio.Data.PowerTests.Disk;
using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Judging;

/// <summary>A scenario and its undisturbed run, recorded once for all tests of the scenario.</summary>
internal sealed class RecordedScenario : IDisposable
{
    private readonly DiskState _end;

    private RecordedScenario(PowerScenario scenario, RecordedRun run, DiskState end) =>
        (Scenario, Run, _end) = (scenario, run, end);

    public PowerScenario Scenario { get; }

    public RecordedRun Run { get; }

    /// <exception cref="InvalidOperationException">The run failed, or the recorder has missed something.</exception>
    public static async Task<RecordedScenario> OfAsync(RecorderLibrary library, PowerScenario scenario)
    {
        scenario.Reset();
        var disk = DiskModel.Of(scenario.Folder);
        var run = await RecordedRun.OfAsync(library, scenario.Folder, scenario.Arguments);
        if (run.Code != 0)
        {
            throw new InvalidOperationException(
                $"{scenario.Name}: the run without a failure ended with {run.Code}: {run.Error}"
            );
        }
        disk.Apply(run.Operations);
        ThrowIfIncomplete(disk.Now(), scenario.Folder);
        return new RecordedScenario(scenario, run, disk.Now());
    }

    /// <summary>The disk before the run.</summary>
    public DiskModel Begin()
    {
        _end.WriteTo(Scenario.Folder);
        Scenario.Observe();
        Scenario.Reset();
        return DiskModel.Of(Scenario.Folder);
    }

    public void Dispose() => Scenario.Dispose();

    /// <summary>Replaying all recorded operations must yield the actual content; otherwise the recorder has missed something.</summary>
    private static void ThrowIfIncomplete(DiskState end, string folder)
    {
        var (recorded, real) = (end.Describe().ToArray(), DiskModel.Of(folder).Now().Describe().ToArray());
        if (!recorded.SequenceEqual(real))
        {
            throw new InvalidOperationException(
                $"The recording lacks something. Recorded only: {string.Join(", ", recorded.Except(real))}; real only: {string.Join(", ", real.Except(recorded))}."
            );
        }
    }
}
