namespace RagStudio.Data;

/// <summary>A version of a knowledge base in a list.</summary>
/// <param name="Id">The id of this version.</param>
/// <param name="Name">Shared by all versions.</param>
/// <param name="Version">The number within the name.</param>
/// <param name="Status">The search status.</param>
/// <param name="HealthScore">From 0 (unusable) to 1 (healthy).</param>
/// <param name="PinnedVersion">The version that readers of the name are pinned to, or null.</param>
/// <param name="UpdatedAt">The time of the last change (UTC).</param>
public sealed record KnowledgeBaseSummary(
    string Id,
    string Name,
    int Version,
    KnowledgeBaseStatus Status,
    double HealthScore,
    int? PinnedVersion,
    DateTimeOffset UpdatedAt
);
