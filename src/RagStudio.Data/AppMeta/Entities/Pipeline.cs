namespace RagStudio.Data;

/// <summary>A recipe by which documents are taken in.</summary>
/// <remarks>Cannot be deleted while runs or schedules name it.</remarks>
public sealed class Pipeline
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>Unique among pipelines.</summary>
    public required string Name { get; set; }

    /// <summary>What the user wrote about it.</summary>
    public string? Description { get; set; }

    /// <summary>The steps and their parameters as JSON.</summary>
    public required string Config { get; set; }

    /// <summary>The status, which decides if it may be run.</summary>
    public required PipelineStatus Status { get; set; }

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
