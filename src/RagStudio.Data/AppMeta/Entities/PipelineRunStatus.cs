namespace RagStudio.Data;

/// <summary>How far a pipeline's run has come.</summary>
/// <remarks>Stored as the member's name in lower case; the database refuses any other text.</remarks>
public enum PipelineRunStatus
{
    /// <summary>Waits to be started.</summary>
    Pending,

    /// <summary>Started, not ended.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended by an error, which the run keeps.</summary>
    Failed,

    /// <summary>Ended by the user.</summary>
    Cancelled,
}
