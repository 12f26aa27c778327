using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator;

/// <summary>The source and the instruments behind <see cref="MigratorDiagnostics"/>.</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Source = new(
        MigratorDiagnostics.ActivitySourceName,
        ProgramVersion.OfLibrary
    );

    private static readonly Meter Meter = new(MigratorDiagnostics.MeterName, ProgramVersion.OfLibrary);

    public static readonly Histogram<double> Runs = Duration(MigratorDiagnostics.RunDuration, "Duration of runs.");

    public static readonly Histogram<double> Migrations = Duration(
        MigratorDiagnostics.MigrationDuration,
        "Duration of migrations."
    );

    public static readonly Counter<long> MigrationCount = Meter.CreateCounter<long>(
        MigratorDiagnostics.Migrations,
        "{migration}",
        "Committed migrations."
    );

    public static readonly Histogram<double> Backups = Duration(
        MigratorDiagnostics.BackupDuration,
        "Duration of making and checking backup sets."
    );

    public static readonly Histogram<long> BackupSize = Meter.CreateHistogram<long>(
        MigratorDiagnostics.BackupSize,
        "By",
        "Size of backup sets."
    );

    public static readonly Histogram<double> Validations = Duration(
        MigratorDiagnostics.ValidationDuration,
        "Duration of the checks of a set."
    );

    public static readonly Counter<long> ValidationRows = Meter.CreateCounter<long>(
        MigratorDiagnostics.ValidationRows,
        "{row}",
        "Rows inspected by rules."
    );

    public static readonly Counter<long> ValidationErrors = Meter.CreateCounter<long>(
        MigratorDiagnostics.ValidationErrors,
        "{error}",
        "Errors that checks found."
    );

    public static readonly Histogram<double> LockWaits = Duration(
        MigratorDiagnostics.LockWait,
        "Time until a run held all databases."
    );

    /// <summary>Starts an activity without making it the caller's current one, which would outlive the method that starts it.</summary>
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

    /// <summary>Ends an activity, which leaves the caller's current one as it is.</summary>
    public static void Stop(this Activity activity, Exception? failure)
    {
        if (failure is not null)
        {
            activity.SetTag(MigratorDiagnostics.ErrorTypeTag, ErrorType.Of(failure));
            activity.SetStatus(ActivityStatusCode.Error, ErrorType.Of(failure));
        }
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current == activity ? activity.Parent : current;
    }

    private static Histogram<double> Duration(string name, string description) =>
        Meter.CreateHistogram<double>(name, "s", description);
}
