namespace RagStudio.Data;

/// <summary>A version of a knowledge base as lists show it.</summary>
/// <param name="Id">Id of this version.</param>
/// <param name="Name">Shared by all versions.</param>
/// <param name="Version">Number within the name.</param>
/// <param name="Status">The search status.</param>
/// <param name="HealthScore">0 (unusable) to 1 (healthy).</param>
/// <param name="PinnedVersion">The version that readers of the name are held at, or null.</param>
/// <param name="UpdatedAt">When it was last changed (UTC).</param>
public sealed record KnowledgeBaseSummary(
    string Id,
    string Name,
    int Version,
    KnowledgeBaseStatus Status,
    double HealthScore,
    int? PinnedVersion,
    DateTimeOffset UpdatedAt
);
