namespace RagStudio.Data;

/// <summary>The data for a new tool.</summary>
public sealed record NewTool
{
    /// <summary>The unique name by which the model calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The implementation that handles it.</summary>
    public required string Type { get; init; }

    /// <summary>The implementation's parameters as JSON.</summary>
    public required string Config { get; init; }

    /// <summary>The JSON Schema of the arguments.</summary>
    public required string Schema { get; init; }

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>False hides it from models until it is enabled.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; init; } = true;
}
