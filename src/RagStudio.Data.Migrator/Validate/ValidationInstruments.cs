using System.Diagnostics.Metrics;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The instruments that measure checks.</summary>
internal static class ValidationInstruments
{
    public static readonly Histogram<double> Durations = Telemetry.Duration(
        MigratorDiagnostics.ValidationDuration,
        "Duration of the checks of a set."
    );

    public static readonly Counter<long> Rows = Telemetry.Meter.CreateCounter<long>(
        MigratorDiagnostics.ValidationRows,
        "{row}",
        "Rows inspected by rules."
    );

    public static readonly Counter<long> Errors = Telemetry.Meter.CreateCounter<long>(
        MigratorDiagnostics.ValidationErrors,
        "{error}",
        "Errors that checks found."
    );
}
