namespace RagStudio.Data;

/// <summary>A run of a pipeline as lists show it, without its metrics and artifacts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PipelineId">The pipeline that runs.</param>
/// <param name="KnowledgeBaseId">The knowledge base that it fills, or null.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="StartedAt">When it began (UTC), or null while it waits.</param>
/// <param name="CompletedAt">When it ended, however it ended (UTC), or null.</param>
/// <param name="ErrorMessage">Why it failed, or null.</param>
public sealed record PipelineRunSummary(
    string Id,
    string PipelineId,
    string? KnowledgeBaseId,
    PipelineRunStatus Status,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    string? ErrorMessage
);
