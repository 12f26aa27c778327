using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Tests.Diagnostics;

/// <summary>Listens to the migrator's activities and measurements.</summary>
internal sealed class TelemetryListener : IDisposable
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _meter = new();

    public TelemetryListener()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MigratorDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
        _meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MigratorDiagnostics.MeterName)
            {
                Units[instrument.Name] = instrument.Unit!;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meter.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        _meter.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        _meter.Start();
    }

    /// <summary>The activities, in the order in which they ended.</summary>
    public ConcurrentQueue<Activity> Activities { get; } = [];

    public ConcurrentDictionary<string, string> Units { get; } = [];

    public ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> Measurements { get; } = [];

    public Activity Single(string name) => Activities.Single(activity => activity.DisplayName == name);

    public (string Name, double Value, Dictionary<string, object?> Tags)[] Of(string instrument) =>
        [.. Measurements.Where(measurement => measurement.Name == instrument)];

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measurements.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
