using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a finding about a pending migration.</summary>
internal sealed record PlanFindingDocument(
    PlanFindingKind Kind,
    string? Table,
    string? Column,
    long Rows,
    bool Destructive,
    string Detail,
    string? Lock,
    long Bytes,
    string? Statement,
    string? SaferForm
)
{
    public static PlanFindingDocument From(PlanFinding finding) =>
        new(
            finding.Kind,
            finding.Table,
            finding.Column,
            finding.Rows,
            finding.IsDestructive,
            finding.Detail,
            finding.Lock,
            finding.Bytes,
            finding.Statement,
            finding.SaferForm
        );
}
