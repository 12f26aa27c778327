namespace RagStudio.Data;

/// <summary>A function that is offered to language models.</summary>
public sealed class Tool
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The unique name by which the model calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The implementation that handles it.</summary>
    public required string Type { get; set; }

    /// <summary>The implementation's parameters as JSON.</summary>
    public required string Config { get; set; }

    /// <summary>The JSON Schema of the arguments.</summary>
    public required string Schema { get; set; }

    /// <summary>False hides it from models without deleting it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
