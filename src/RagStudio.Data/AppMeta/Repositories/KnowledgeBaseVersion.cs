namespace RagStudio.Data;

/// <summary>A version of a knowledge base that was just made.</summary>
/// <param name="Id">Id of this version; each has its own.</param>
/// <param name="Version">Its number within its name.</param>
public sealed record KnowledgeBaseVersion(string Id, int Version);
