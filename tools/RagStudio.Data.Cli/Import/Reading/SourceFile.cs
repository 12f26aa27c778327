namespace RagStudio.Data.Cli;

/// <summary>A file that is to be imported.</summary>
/// <param name="FullPath">Where it is.</param>
/// <param name="RelativePath">Its path within the imported folder, with <c>/</c> on every system.</param>
internal sealed record SourceFile(string FullPath, string RelativePath);
