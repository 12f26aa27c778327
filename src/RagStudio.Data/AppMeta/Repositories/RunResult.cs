namespace RagStudio.Data;

/// <summary>What a run leaves behind, however it ends.</summary>
/// <param name="Metrics">Numbers about the run as JSON, or null.</param>
/// <param name="Artifacts">What it produced as JSON, or null.</param>
public readonly record struct RunResult(string? Metrics = null, string? Artifacts = null);
