using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The instruments that measure runs.</summary>
internal static class RunInstruments
{
    public static readonly Histogram<double> Durations = Telemetry.Duration(
        MigratorDiagnostics.RunDuration,
        "Duration of runs."
    );
}
