namespace RagStudio.Data;

/// <summary>The origin of an event; both parts may be unknown.</summary>
/// <param name="UserId">The user who caused it.</param>
/// <param name="TraceId">Correlates it with the operation that caused it.</param>
public readonly record struct EventOrigin(string? UserId = null, string? TraceId = null);
