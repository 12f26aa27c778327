namespace RagStudio.Data.Cli;

/// <summary>A file or folder that cannot be imported.</summary>
/// <param name="Path">Its path within the imported folder.</param>
/// <param name="Reason">The reason, as a clause.</param>
internal sealed record UnreadableFile(string Path, string Reason);
