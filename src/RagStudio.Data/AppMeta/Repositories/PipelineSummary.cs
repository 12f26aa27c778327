namespace RagStudio.Data;

/// <summary>A pipeline as lists show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Unique; pages are in this order.</param>
/// <param name="Description">What the user wrote about it.</param>
/// <param name="Status">The status, which decides if it may be run.</param>
/// <param name="UpdatedAt">When it was last changed (UTC).</param>
public sealed record PipelineSummary(
    string Id,
    string Name,
    string? Description,
    PipelineStatus Status,
    DateTimeOffset UpdatedAt
);
