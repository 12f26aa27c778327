namespace RagStudio.Data.Cli;

/// <summary>A file to import.</summary>
/// <param name="FullPath">Its full path.</param>
/// <param name="RelativePath">Its path within the imported folder, with <c>/</c> on every system.</param>
internal sealed record SourceFile(string FullPath, string RelativePath);
