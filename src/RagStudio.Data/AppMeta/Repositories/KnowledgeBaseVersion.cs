namespace RagStudio.Data;

/// <summary>A newly created version of a knowledge base.</summary>
/// <param name="Id">The id of this version; each has its own.</param>
/// <param name="Version">Its number within its name.</param>
public sealed record KnowledgeBaseVersion(string Id, int Version);
