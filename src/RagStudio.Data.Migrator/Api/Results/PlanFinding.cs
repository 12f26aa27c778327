namespace RagStudio.Data.Migrator;

/// <summary>Something that somebody should know of a migration before it runs.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Table">The table, as the migration calls it; <see langword="null"/> where it is about none.</param>
/// <param name="Column">The column, or several joined by commas; <see langword="null"/> where it is about none.</param>
/// <param name="Rows">The evidence: how many rows, values or groups of equal rows it concerns now; 0 where it is not about rows.</param>
/// <param name="IsDestructive">Whether something that is there now is gone afterwards.</param>
/// <param name="Detail">What it is, for people: never the content of a row.</param>
public sealed record PlanFinding(
    PlanFindingKind Kind,
    string? Table,
    string? Column,
    long Rows,
    bool IsDestructive,
    string Detail
);
