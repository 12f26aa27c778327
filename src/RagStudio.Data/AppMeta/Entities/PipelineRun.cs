namespace RagStudio.Data;

/// <summary>One execution of a pipeline, from being queued to its end.</summary>
public sealed class PipelineRun
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="Pipeline"/> that runs.</summary>
    public required string PipelineId { get; init; }

    /// <summary>The <see cref="KnowledgeBase"/> that it fills, or null where it fills none.</summary>
    public string? KnowledgeBaseId { get; init; }

    /// <summary>How far it has come.</summary>
    public required PipelineRunStatus Status { get; set; }

    /// <summary>When it began (UTC), or null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended, however it ended (UTC).</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Why it failed.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Numbers about the run as JSON.</summary>
    public string? Metrics { get; set; }

    /// <summary>What the run produced, as JSON.</summary>
    public string? Artifacts { get; set; }
}
