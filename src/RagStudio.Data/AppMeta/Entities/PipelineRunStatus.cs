namespace RagStudio.Data;

/// <summary>The states of a pipeline's run.</summary>
/// <remarks>Stored as the member's name in lower case; the database rejects any other text.</remarks>
public enum PipelineRunStatus
{
    /// <summary>Queued, not started yet.</summary>
    Pending,

    /// <summary>Started, not ended.</summary>
    Running,

    /// <summary>Ended successfully.</summary>
    Completed,

    /// <summary>Ended with an error, which the run records.</summary>
    Failed,

    /// <summary>Canceled by the user.</summary>
    Cancelled,
}
