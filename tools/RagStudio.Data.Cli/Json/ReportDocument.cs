using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of the findings of the checks of a database.</summary>
internal sealed record ReportDocument(
    string Database,
    IReadOnlyList<ValidationError> Errors,
    long ErrorCount,
    IReadOnlyList<ValidationWarning> Warnings,
    int ChecksPerformed,
    double DurationMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? CheckedTables
)
{
    public static ReportDocument From(ValidationReport report) =>
        new(
            report.Database,
            report.Errors,
            report.ErrorCount,
            report.Warnings,
            report.ChecksPerformed,
            report.Duration.TotalMilliseconds,
            report.CheckedTables
        );
}
