using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The instruments that measure runs, and what a run waits for, backs up and migrates.</summary>
internal static class RunInstruments
{
    public static readonly Histogram<double> Durations = Telemetry.Duration(
        MigratorDiagnostics.RunDuration,
        "Duration of runs."
    );

    public static readonly Histogram<double> LockWaits = Telemetry.Duration(
        MigratorDiagnostics.LockWait,
        "Time until a run held all databases."
    );

    public static readonly Histogram<double> BackupDurations = Telemetry.Duration(
        MigratorDiagnostics.BackupDuration,
        "Duration of making and checking backup sets."
    );

    public static readonly Histogram<long> BackupSizes = Telemetry.Meter.CreateHistogram<long>(
        MigratorDiagnostics.BackupSize,
        "By",
        "Size of backup sets."
    );

    public static readonly Histogram<double> MigrationDurations = Telemetry.Duration(
        MigratorDiagnostics.MigrationDuration,
        "Duration of migrations."
    );

    public static readonly Counter<long> DroppedData = Telemetry.Meter.CreateCounter<long>(
        MigratorDiagnostics.DroppedData,
        "{item}",
        "Data that migrations dropped, and that came back."
    );

    public static readonly Counter<long> DroppedDataSizes = Telemetry.Meter.CreateCounter<long>(
        MigratorDiagnostics.DroppedDataSize,
        "By",
        "Size of the dropped data that is kept."
    );

    public static readonly Counter<long> Migrations = Telemetry.Meter.CreateCounter<long>(
        MigratorDiagnostics.Migrations,
        "{migration}",
        "Committed migrations."
    );
}
