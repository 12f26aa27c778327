using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The source and the meter behind <see cref="MigratorDiagnostics"/>.</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Source = new(
        MigratorDiagnostics.ActivitySourceName,
        ProgramVersion.OfLibrary
    );

    /// <summary>
    /// Each class of instruments creates its own on first use: a start with nothing pending does not pay for
    /// those of a run.
    /// </summary>
    public static readonly Meter Meter = new(MigratorDiagnostics.MeterName, ProgramVersion.OfLibrary);

    public static Histogram<double> Duration(string name, string description) =>
        Meter.CreateHistogram<double>(name, "s", description);

    /// <summary>
    /// Starts an activity without making it the caller's current one, because it outlives the method that
    /// starts it.
    /// </summary>
    public static TagList Tags(string system, string name, string operation) =>
        new()
        {
            { MigratorDiagnostics.SystemTag, system },
            { MigratorDiagnostics.NamespaceTag, name },
            { MigratorDiagnostics.OperationTag, operation },
        };

    public static Activity? Start(string name, ActivityKind kind, Activity? parent, TagList tags)
    {
        if (!Source.HasListeners())
        {
            return null;
        }
        var current = Activity.Current;
        var started = Source.StartActivity(name, kind, parent?.Context ?? current?.Context ?? default, tags);
        Activity.Current = current;
        return started;
    }

    /// <summary>Ends an activity without changing the caller's current one.</summary>
    public static void Stop(this Activity activity, Exception? failure)
    {
        if (failure is not null)
        {
            activity.SetTag(MigratorDiagnostics.ErrorTypeTag, ErrorType.NameOf(failure));
            activity.SetStatus(ActivityStatusCode.Error, ErrorType.NameOf(failure));
        }
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current == activity ? activity.Parent : current;
    }
}
