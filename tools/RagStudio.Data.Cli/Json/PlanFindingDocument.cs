using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of a finding about a pending migration.</summary>
internal sealed record PlanFindingDocument(
    PlanFindingKind Kind,
    string? Table,
    string? Column,
    long Rows,
    bool Destructive,
    string Detail
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Lock { get; init; }

    /// <summary>Only of a finding about a lock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Bytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Statement { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SaferForm { get; init; }

    public static PlanFindingDocument From(PlanFinding finding) =>
        new(finding.Kind, finding.Table, finding.Column, finding.Rows, finding.IsDestructive, finding.Detail)
        {
            Lock = finding.Lock,
            Bytes = finding.Lock is null ? null : finding.Bytes,
            Statement = finding.Statement,
            SaferForm = finding.SaferForm,
        };
}
