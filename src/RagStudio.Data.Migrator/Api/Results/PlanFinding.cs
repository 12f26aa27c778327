namespace RagStudio.Data.Migrator;

/// <summary>A finding about a migration before it runs.</summary>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Table">
/// The table, by the name that the migration uses; <see langword="null"/> if the finding concerns none.
/// </param>
/// <param name="Column">
/// The column, or several joined by commas; <see langword="null"/> if the finding concerns none.
/// </param>
/// <param name="Rows">
/// The number of rows, values or groups of equal rows affected now; 0 if the finding does not concern rows.
/// </param>
/// <param name="IsDestructive">True if existing data would be lost.</param>
/// <param name="Detail">The description, which never contains the content of a row.</param>
public sealed record PlanFinding(
    PlanFindingKind Kind,
    string? Table,
    string? Column,
    long Rows,
    bool IsDestructive,
    string Detail
);
