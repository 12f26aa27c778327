namespace RagStudio.Data;

/// <summary>A function that is offered to language models.</summary>
public sealed class Tool
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>Unique among tools; what the model calls it by.</summary>
    public required string Name { get; set; }

    /// <summary>Which implementation serves it.</summary>
    public required string Type { get; set; }

    /// <summary>The implementation's parameters as JSON.</summary>
    public required string Config { get; set; }

    /// <summary>JSON Schema of the arguments.</summary>
    public required string Schema { get; set; }

    /// <summary>False hides it from models without deleting it.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
