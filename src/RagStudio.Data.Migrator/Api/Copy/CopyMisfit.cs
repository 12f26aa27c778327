namespace RagStudio.Data.Migrator;

/// <summary>Values of a column, or rows of a table, that the target cannot hold.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Table">The table in the source.</param>
/// <param name="Column">The column; several, separated by a comma, for duplicates of a key.</param>
/// <param name="Reason">The reason as a clause, without the values.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="Rows">The keys of the first of these rows, <see cref="MaxRows"/> at most.</param>
public sealed record CopyMisfit(
    string Database,
    string Table,
    string Column,
    string Reason,
    long Count,
    IReadOnlyList<string> Rows
)
{
    /// <summary>The number of rows that are named; the others are only counted.</summary>
    public const int MaxRows = 5;
}
