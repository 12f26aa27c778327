using System.Globalization;

namespace RagStudio.Data.Migrator;

/// <summary>The migrations failed on copies of the databases. The databases were not touched.</summary>
public sealed class RehearsalFailedException : MigrationException
{
    internal RehearsalFailedException(RehearsalReport report, Exception cause)
        : base(MigrationPhase.Plan, DataState.Unchanged, Describe(report, cause), cause) => Report = report;

    /// <summary>The result of the rehearsal.</summary>
    public RehearsalReport Report { get; }

    private static string Describe(RehearsalReport report, Exception cause)
    {
        var what =
            report.Sample is { } sample
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sample.Rows} of about {sample.TotalRows} rows of the databases"
                )
            : report.Targets.Count > 0 ? string.Join(", ", report.Targets.Select(target => $"'{target}'"))
            : "copies of the databases";
        return $"The migrations were rehearsed on {what}, and failed there: {cause.Message} The databases themselves were not touched.";
    }
}
