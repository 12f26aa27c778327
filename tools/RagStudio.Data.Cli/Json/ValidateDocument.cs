using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>validate</c>.</summary>
internal sealed record ValidateDocument(bool Valid, IReadOnlyList<ReportDocument> Reports)
{
    public static ValidateDocument From(ValidationSummary summary) =>
        new(summary.Valid, [.. summary.Reports.Select(ReportDocument.From)]);
}
