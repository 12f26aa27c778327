namespace RagStudio.Data;

/// <summary>Where an event comes from; both parts may be unknown.</summary>
/// <param name="UserId">Who caused it.</param>
/// <param name="TraceId">Joins it to the operation that caused it.</param>
public readonly record struct EventOrigin(string? UserId = null, string? TraceId = null);
