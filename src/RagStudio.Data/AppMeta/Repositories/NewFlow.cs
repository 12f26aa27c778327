namespace RagStudio.Data;

/// <summary>What a flow is made from.</summary>
public sealed record NewFlow
{
    /// <summary>Unique among flows.</summary>
    public required string Name { get; init; }

    /// <summary>The graph as JSON.</summary>
    public required string Definition { get; init; }

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>What the user wrote about it.</summary>
    public string? Description { get; init; }

    /// <summary>False keeps it from being started until it is switched on.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; init; } = true;
}
