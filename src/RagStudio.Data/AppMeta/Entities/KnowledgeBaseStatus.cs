namespace RagStudio.Data;

/// <summary>The states of a knowledge base that decide if it can be searched.</summary>
/// <remarks>Stored as the member's name in lower case; the database rejects any other text.</remarks>
public enum KnowledgeBaseStatus
{
    /// <summary>Can be searched.</summary>
    Active,

    /// <summary>Disabled by the user; its content is kept.</summary>
    Inactive,

    /// <summary>Being built; not complete yet.</summary>
    Building,

    /// <summary>The build failed.</summary>
    Error,
}
