namespace RagStudio.Data;

/// <summary>The data for a new pipeline.</summary>
public sealed record NewPipeline
{
    /// <summary>The unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The steps and their parameters as JSON.</summary>
    public required string Config { get; init; }

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>The initial status.</summary>
    /// <value><see cref="PipelineStatus.Draft"/> by default.</value>
    public PipelineStatus Status { get; init; } = PipelineStatus.Draft;

    /// <summary>The user's description.</summary>
    public string? Description { get; init; }
}
