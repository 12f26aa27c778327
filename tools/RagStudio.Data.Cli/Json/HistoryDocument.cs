namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>history</c>.</summary>
/// <param name="History">The newest first.</param>
internal sealed record HistoryDocument(IReadOnlyList<RecordDocument> History);
