namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>import</c>.</summary>
internal sealed record ImportDocument(
    string KnowledgeBase,
    int Files,
    int Imported,
    int Skipped,
    long Chunks,
    long Bytes,
    IReadOnlyList<UnreadableFile> Unreadable,
    int RepairedEvents,
    double TotalDurationMs
)
{
    public static ImportDocument From(
        ImportRequest request,
        FolderScan scan,
        ImportSummary summary,
        TimeSpan duration
    ) =>
        new(
            request.Name,
            scan.Files.Count + scan.Unreadable.Count,
            summary.Imported,
            summary.Skipped,
            summary.Chunks,
            summary.Bytes,
            scan.Unreadable,
            summary.Repaired,
            duration.TotalMilliseconds
        );
}
