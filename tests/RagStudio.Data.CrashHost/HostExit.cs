namespace RagStudio.Data.CrashHost;

/// <summary>How the program ended.</summary>
/// <param name="Code">0, 1 for an error, or <see cref="HostProcess.Killed"/>.</param>
/// <param name="Points">The points that it came to.</param>
/// <param name="Error">What it wrote to stderr.</param>
public sealed record HostExit(int Code, IReadOnlyList<string> Points, string Error);
