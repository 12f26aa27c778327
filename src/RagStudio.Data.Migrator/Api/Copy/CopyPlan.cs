namespace RagStudio.Data.Migrator;

/// <summary>What a copy would do.</summary>
/// <param name="Source">The locations of the source, for people.</param>
/// <param name="Target">The locations of the target, for people.</param>
/// <param name="Tables">The tables with their rows.</param>
/// <param name="Misfits">What would not fit; the copy is refused unless it is empty.</param>
/// <param name="LeftBehind">The tables that stay behind.</param>
/// <param name="IsComplete">True if the target already holds this copy, and only the mark of the source is missing.</param>
/// <param name="Duration">The time that it took to find this out.</param>
public sealed record CopyPlan(
    string Source,
    string Target,
    IReadOnlyList<CopiedTable> Tables,
    IReadOnlyList<CopyMisfit> Misfits,
    IReadOnlyList<string> LeftBehind,
    bool IsComplete,
    TimeSpan Duration
);
