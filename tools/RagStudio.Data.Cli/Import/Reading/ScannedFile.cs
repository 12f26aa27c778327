namespace RagStudio.Data.Cli;

/// <summary>An importable file as it was when the folder was scanned.</summary>
/// <param name="File">The file.</param>
/// <param name="ContentHash">The lower-case hexadecimal SHA-256 of its bytes.</param>
internal sealed record ScannedFile(SourceFile File, string ContentHash);
