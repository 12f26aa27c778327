namespace RagStudio.Data.Migrator;

/// <summary>The result of a copy.</summary>
/// <param name="RunId">The id of the run, which is in the histories of both.</param>
/// <param name="Source">The locations of the source, for people.</param>
/// <param name="Target">The locations of the target, for people.</param>
/// <param name="Tables">The tables, each compared.</param>
/// <param name="LeftBehind">The tables that stayed behind.</param>
/// <param name="WasComplete">True if an earlier copy was complete, and the source was only marked.</param>
/// <param name="Duration">The duration.</param>
public sealed record CopySummary(
    string RunId,
    string Source,
    string Target,
    IReadOnlyList<CopiedTable> Tables,
    IReadOnlyList<string> LeftBehind,
    bool WasComplete,
    TimeSpan Duration
);
