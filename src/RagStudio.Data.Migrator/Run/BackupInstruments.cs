using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The instruments that measure backups.</summary>
internal static class BackupInstruments
{
    public static readonly Histogram<double> Durations = Telemetry.Duration(
        MigratorDiagnostics.BackupDuration,
        "Duration of making and checking backup sets."
    );

    public static readonly Histogram<long> Sizes = Telemetry.Meter.CreateHistogram<long>(
        MigratorDiagnostics.BackupSize,
        "By",
        "Size of backup sets."
    );
}
