namespace RagStudio.Data.Cli;

/// <summary>The result of an import.</summary>
/// <param name="Imported">The number of files imported as new documents.</param>
/// <param name="Skipped">The number of files with content that the knowledge base already contained.</param>
/// <param name="Chunks">The number of chunks in the new documents.</param>
/// <param name="Bytes">The size of the new documents.</param>
/// <param name="Repaired">
/// The number of events that an earlier import had not written, and that are written now.
/// </param>
internal sealed record ImportSummary(int Imported, int Skipped, long Chunks, long Bytes, int Repaired)
{
    /// <summary>The result of an import without anything to do.</summary>
    public static ImportSummary Nothing { get; } = new(0, 0, 0, 0, 0);
}
