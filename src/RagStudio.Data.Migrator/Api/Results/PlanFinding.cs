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
/// The number of rows, values or groups of equal rows affected now, for a locked table an estimate; 0 if the finding
/// does not concern rows, or if the number is not known.
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
)
{
    /// <summary>
    /// The strongest lock on the table during the statement, in the words of the server, such as <c>ACCESS EXCLUSIVE</c>;
    /// <see langword="null"/> if the finding concerns none.
    /// </summary>
    public string? Lock { get; init; }

    /// <summary>The present size in bytes of a locked table, without its indexes; 0 if the finding concerns none.</summary>
    public long Bytes { get; init; }

    /// <summary>The statement that was observed; <see langword="null"/> if the finding concerns none.</summary>
    public string? Statement { get; init; }

    /// <summary>A way to the same result that blocks others less; <see langword="null"/> if none is known.</summary>
    public string? SaferForm { get; init; }
}
