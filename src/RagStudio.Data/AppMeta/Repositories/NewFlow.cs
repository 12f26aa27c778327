namespace RagStudio.Data;

/// <summary>The data for a new flow.</summary>
public sealed record NewFlow
{
    /// <summary>The unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The graph as JSON.</summary>
    public required string Definition { get; init; }

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>The user's description.</summary>
    public string? Description { get; init; }

    /// <summary>False prevents it from being started until it is enabled.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; init; } = true;
}
