using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The instruments that measure migrations.</summary>
internal static class MigrationInstruments
{
    public static readonly Histogram<double> Durations = Telemetry.Duration(
        MigratorDiagnostics.MigrationDuration,
        "Duration of migrations."
    );

    public static readonly Counter<long> Count = Telemetry.Meter.CreateCounter<long>(
        MigratorDiagnostics.Migrations,
        "{migration}",
        "Committed migrations."
    );
}
