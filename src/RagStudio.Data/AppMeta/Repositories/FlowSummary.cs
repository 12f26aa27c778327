namespace RagStudio.Data;

/// <summary>A flow in a list, without its graph.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The unique name; pages are sorted by it.</param>
/// <param name="Description">The user's description.</param>
/// <param name="Enabled">True if it may be started.</param>
/// <param name="UpdatedAt">The time of the last change (UTC).</param>
public sealed record FlowSummary(string Id, string Name, string? Description, bool Enabled, DateTimeOffset UpdatedAt);
