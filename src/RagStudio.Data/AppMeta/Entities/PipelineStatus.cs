namespace RagStudio.Data;

/// <summary>The states of a pipeline that decide if it may be run.</summary>
/// <remarks>Stored as the member's name in lower case; the database refuses any other text.</remarks>
public enum PipelineStatus
{
    /// <summary>May be run.</summary>
    Active,

    /// <summary>Switched off by the user.</summary>
    Inactive,

    /// <summary>Not finished yet.</summary>
    Draft,
}
