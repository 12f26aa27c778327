using System.Diagnostics.Metrics;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The instruments that measure locking.</summary>
internal static class LockInstruments
{
    public static readonly Histogram<double> Waits = Telemetry.Duration(
        MigratorDiagnostics.LockWait,
        "Time until a run held all databases."
    );
}
