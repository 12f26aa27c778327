namespace RagStudio.Data;

/// <summary>An execution of a pipeline, from queueing to its end.</summary>
public sealed class PipelineRun
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="Pipeline"/> that runs.</summary>
    public required string PipelineId { get; init; }

    /// <summary>The <see cref="KnowledgeBase"/> that it fills; null if it fills none.</summary>
    public string? KnowledgeBaseId { get; init; }

    /// <summary>The status.</summary>
    public required PipelineRunStatus Status { get; set; }

    /// <summary>The start time (UTC); null while it is pending.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>The end time, whatever the outcome (UTC); null until then.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The reason for a failure.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>The run's metrics as JSON.</summary>
    public string? Metrics { get; set; }

    /// <summary>The run's output as JSON.</summary>
    public string? Artifacts { get; set; }
}
