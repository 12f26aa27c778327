namespace RagStudio.Data;

/// <summary>A graph of tools and prompts that the user composed.</summary>
public sealed class Flow
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>Unique among flows.</summary>
    public required string Name { get; set; }

    /// <summary>What the user wrote about it.</summary>
    public string? Description { get; set; }

    /// <summary>The graph as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>False keeps it from being started.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
