namespace RagStudio.Data;

/// <summary>What a tool is made from.</summary>
public sealed record NewTool
{
    /// <summary>Unique among tools; what the model calls it by.</summary>
    public required string Name { get; init; }

    /// <summary>Which implementation serves it.</summary>
    public required string Type { get; init; }

    /// <summary>The implementation's parameters as JSON.</summary>
    public required string Config { get; init; }

    /// <summary>JSON Schema of the arguments.</summary>
    public required string Schema { get; init; }

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>False hides it from models until it is switched on.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; init; } = true;
}
