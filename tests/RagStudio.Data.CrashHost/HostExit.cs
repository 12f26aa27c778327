namespace RagStudio.Data.CrashHost;

/// <summary>The result of the program.</summary>
/// <param name="Code">0, 1 for an error, or <see cref="HostProcess.Killed"/>.</param>
/// <param name="Points">The points that it reached.</param>
/// <param name="Error">Its output on stderr.</param>
public sealed record HostExit(int Code, IReadOnlyList<string> Points, string Error);
