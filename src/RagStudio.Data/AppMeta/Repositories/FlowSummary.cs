namespace RagStudio.Data;

/// <summary>A flow as lists show it, without its graph.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Unique; pages are in this order.</param>
/// <param name="Description">What the user wrote about it.</param>
/// <param name="Enabled">True if it may be started.</param>
/// <param name="UpdatedAt">When it was last changed (UTC).</param>
public sealed record FlowSummary(string Id, string Name, string? Description, bool Enabled, DateTimeOffset UpdatedAt);
