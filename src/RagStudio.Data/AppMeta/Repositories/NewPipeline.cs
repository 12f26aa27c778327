namespace RagStudio.Data;

/// <summary>What a pipeline is made from.</summary>
public sealed record NewPipeline
{
    /// <summary>Unique among pipelines.</summary>
    public required string Name { get; init; }

    /// <summary>The steps and their parameters as JSON.</summary>
    public required string Config { get; init; }

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>The initial status.</summary>
    /// <value><see cref="PipelineStatus.Draft"/> by default.</value>
    public PipelineStatus Status { get; init; } = PipelineStatus.Draft;

    /// <summary>What the user wrote about it.</summary>
    public string? Description { get; init; }
}
