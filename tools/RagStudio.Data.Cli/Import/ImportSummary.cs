namespace RagStudio.Data.Cli;

/// <summary>What an import did.</summary>
/// <param name="Imported">Files that are new documents now.</param>
/// <param name="Skipped">Files whose content was in the knowledge base already.</param>
/// <param name="Chunks">The chunks of the new documents.</param>
/// <param name="Bytes">The size of the new documents.</param>
/// <param name="Repaired">Events that an earlier import had left out, and that are written now.</param>
internal sealed record ImportSummary(int Imported, int Skipped, long Chunks, long Bytes, int Repaired)
{
    /// <summary>An import that found nothing to do.</summary>
    public static ImportSummary Nothing { get; } = new(0, 0, 0, 0, 0);
}
