namespace RagStudio.Data;

/// <summary>A run of a pipeline in a list, without its metrics and artifacts.</summary>
/// <param name="Id">The id.</param>
/// <param name="PipelineId">The pipeline that runs.</param>
/// <param name="KnowledgeBaseId">The knowledge base that it fills, or null.</param>
/// <param name="Status">The status.</param>
/// <param name="StartedAt">The start time (UTC); null while it is pending.</param>
/// <param name="CompletedAt">The end time, whatever the outcome (UTC); null until then.</param>
/// <param name="ErrorMessage">The reason for a failure, or null.</param>
public sealed record PipelineRunSummary(
    string Id,
    string PipelineId,
    string? KnowledgeBaseId,
    PipelineRunStatus Status,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    string? ErrorMessage
);
