using System.Diagnostics;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The activities and measurements of a run. Thread-safe.</summary>
internal sealed class RunTrace
{
    private readonly Lock _gate = new();
    private readonly List<Action> _migrations = [];
    private readonly MigrationSet? _set;
    private readonly string _operation;
    private readonly string _runId;
    private readonly DateTimeOffset _created = TimeProvider.System.GetUtcNow();
    private Activity? _run;
    private Activity? _phase;
    private MigrationPhase? _current;
    private bool _hasBegun;
    private bool _failed;

    public RunTrace(RunActivity activity, MigrationSet set, string runId) =>
        (_set, _operation, _runId) = (set, activity.ToString().ToLowerInvariant(), runId);

    private RunTrace() => (_operation, _runId) = ("", "");

    /// <summary>The trace of a run on copies, which is part of another run.</summary>
    public static RunTrace Silent { get; } = new();

    /// <summary>The parent of activities in the present phase.</summary>
    public Activity? Innermost
    {
        get
        {
            lock (_gate)
            {
                return _phase ?? _run;
            }
        }
    }

    public void Enter(MigrationPhase phase)
    {
        Begin();
        if (_run is null)
        {
            return;
        }
        lock (_gate)
        {
            if (_current == phase)
            {
                return;
            }
            _phase?.Stop(failure: null);
            var operation = phase.ToString().ToLowerInvariant();
            (_current, _phase) = (phase, Telemetry.Start(operation, ActivityKind.Internal, _run, TagsOf(operation)));
        }
    }

    /// <summary>Marks the present phase as failed before the run is undone.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _phase?.Stop(failure);
            (_phase, _failed) = (null, true);
        }
    }

    public void End(TimeSpan duration, Exception? failure)
    {
        if (_set is null || (!_hasBegun && failure is null))
        {
            return;
        }
        Begin();
        lock (_gate)
        {
            _phase?.Stop(_failed && failure is not RollbackFailedException ? null : failure);
            _run?.Stop(failure);
            _migrations.ForEach(measure => measure());
        }
        if (!RunInstruments.Durations.Enabled)
        {
            return;
        }
        var tags = TagsOf(_operation);
        ErrorType.AddTo(ref tags, failure);
        RunInstruments.Durations.Record(duration.TotalSeconds, tags);
    }

    public void Locked(TimeSpan waited) =>
        Measure(() => RunInstruments.LockWaits.Record(waited.TotalSeconds, TagsOf(_operation)));

    public void BackedUp(long bytes, TimeSpan duration) =>
        Measure(() =>
        {
            RunInstruments.BackupSizes.Record(bytes, TagsOf("backup"));
            RunInstruments.BackupDurations.Record(duration.TotalSeconds, TagsOf("backup"));
        });

    public void Dropped(DroppedData data) => CountDropped(data.Database, data.Fate.ToString(), 1, data.Bytes);

    /// <summary>Counts what was kept, and is removed under the retention limits.</summary>
    public void Removed(BackupDatabase kept) =>
        CountDropped(kept.Name, nameof(Removed), kept.Rows?.Count ?? 0, kept.Bytes);

    public Activity? BeginMigration(IMigrationDatabase database, string version, bool isReverting)
    {
        if (_run is null)
        {
            return null;
        }
        var tags = TagsOf(database, isReverting);
        tags.Add(MigratorDiagnostics.VersionTag, version);
        return Telemetry.Start($"{OperationOf(isReverting)} {database.Name}", ActivityKind.Client, Innermost, tags);
    }

    public void EndMigration(
        Activity? activity,
        IMigrationDatabase database,
        bool isReverting,
        (MigrationKind Kind, TimeSpan Duration) done,
        Exception? failure = null
    )
    {
        activity?.SetTag(MigratorDiagnostics.KindTag, done.Kind.ToString());
        activity?.Stop(failure);
        if (_set is null)
        {
            return;
        }
        var tags = TagsOf(database, isReverting);
        tags.Add(MigratorDiagnostics.KindTag, done.Kind.ToString());
        ErrorType.AddTo(ref tags, failure);
        lock (_gate)
        {
            _migrations.Add(() => MeasureMigration(done.Duration, tags, failure));
        }
    }

    /// <summary>Forgets the measurements of migrations that were rolled back, to be run again.</summary>
    public void ForgetMigrations()
    {
        lock (_gate)
        {
            _migrations.Clear();
        }
    }

    /// <summary>
    /// Creates the activity of the run with its first phase, not earlier: creating the first source of
    /// activities or measurements in a process takes as long as finding that nothing is pending.
    /// </summary>
    private void Begin()
    {
        lock (_gate)
        {
            if (_set is null || _hasBegun)
            {
                return;
            }
            _hasBegun = true;
            _run = Telemetry.Start(_operation, ActivityKind.Internal, null, TagsOf(_operation));
            if (_run is not null)
            {
                _run.SetStartTime(_created.UtcDateTime);
                _run.SetTag(MigratorDiagnostics.RunIdTag, _runId);
                // The application's activities within the run become children of it.
                Activity.Current = _run;
            }
        }
    }

    private static void MeasureMigration(TimeSpan duration, in TagList tags, Exception? failure)
    {
        RunInstruments.MigrationDurations.Record(duration.TotalSeconds, tags);
        if (failure is null)
        {
            RunInstruments.Migrations.Add(1, tags);
        }
    }

    private void CountDropped(string name, string fate, long count, long bytes) =>
        Measure(() =>
        {
            var tags = Telemetry.Tags(_set!.Databases[0].SystemName, name, _operation);
            tags.Add(MigratorDiagnostics.FateTag, fate);
            RunInstruments.DroppedData.Add(count, tags);
            RunInstruments.DroppedDataSizes.Add(bytes, tags);
        });

    private void Measure(Action measure)
    {
        if (_set is not null)
        {
            measure();
        }
    }

    private TagList TagsOf(string operation) => TagsOf(_set!, operation);

    public static TagList TagsOf(MigrationSet set, string operation) =>
        Telemetry.Tags(set.Databases[0].SystemName, set.AcrossName, operation);

    private static TagList TagsOf(IMigrationDatabase database, bool isReverting) =>
        Telemetry.Tags(database.SystemName, database.Name, OperationOf(isReverting));

    private static string OperationOf(bool isReverting) => isReverting ? "revert" : "apply";
}
