namespace RagStudio.Data;

/// <summary>A recipe for ingesting documents.</summary>
/// <remarks>Cannot be deleted while runs or schedules refer to it.</remarks>
public sealed class Pipeline
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The unique name.</summary>
    public required string Name { get; set; }

    /// <summary>The user's description.</summary>
    public string? Description { get; set; }

    /// <summary>The steps and their parameters as JSON.</summary>
    public required string Config { get; set; }

    /// <summary>The status, which decides if it may be run.</summary>
    public required PipelineStatus Status { get; set; }

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
