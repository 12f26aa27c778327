namespace RagStudio.Data.Cli;

/// <summary>A file that can be imported, as it was when the folder was looked through.</summary>
/// <param name="File">The file.</param>
/// <param name="ContentHash">Lower-case hex SHA-256 of its bytes.</param>
internal sealed record ScannedFile(SourceFile File, string ContentHash);
