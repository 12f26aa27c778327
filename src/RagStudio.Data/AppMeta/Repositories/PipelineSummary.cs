namespace RagStudio.Data;

/// <summary>A pipeline in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The unique name; pages are sorted by it.</param>
/// <param name="Description">The user's description.</param>
/// <param name="Status">The status, which decides if it may be run.</param>
/// <param name="UpdatedAt">The time of the last change (UTC).</param>
public sealed record PipelineSummary(
    string Id,
    string Name,
    string? Description,
    PipelineStatus Status,
    DateTimeOffset UpdatedAt
);
