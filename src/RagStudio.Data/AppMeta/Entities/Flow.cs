namespace RagStudio.Data;

/// <summary>A graph of tools and prompts that the user has composed.</summary>
public sealed class Flow
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The unique name.</summary>
    public required string Name { get; set; }

    /// <summary>The user's description.</summary>
    public string? Description { get; set; }

    /// <summary>The graph as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>False prevents it from being started.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
