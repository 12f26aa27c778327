namespace RagStudio.Data;

/// <summary>The result of a run, whatever its outcome.</summary>
/// <param name="Metrics">The run's metrics as JSON, or null.</param>
/// <param name="Artifacts">Its output as JSON, or null.</param>
public readonly record struct RunResult(string? Metrics = null, string? Artifacts = null);
