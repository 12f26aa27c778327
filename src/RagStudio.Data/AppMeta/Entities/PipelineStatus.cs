namespace RagStudio.Data;

/// <summary>The states of a pipeline that decide if it may be run.</summary>
/// <remarks>Stored as the member's name in lower case; the database rejects any other text.</remarks>
public enum PipelineStatus
{
    /// <summary>May be run.</summary>
    Active,

    /// <summary>Disabled by the user.</summary>
    Inactive,

    /// <summary>Still being edited.</summary>
    Draft,
}
