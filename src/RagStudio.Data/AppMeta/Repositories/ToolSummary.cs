namespace RagStudio.Data;

/// <summary>A tool in a list, without its configuration.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The unique name; pages are sorted by it.</param>
/// <param name="Type">The implementation that handles it.</param>
/// <param name="Enabled">True if it is offered to models.</param>
/// <param name="UpdatedAt">The time of the last change (UTC).</param>
public sealed record ToolSummary(string Id, string Name, string Type, bool Enabled, DateTimeOffset UpdatedAt);
