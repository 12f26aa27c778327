namespace RagStudio.Data.Migrator;

/// <summary>A statement of a migration's own SQL, as far as it matters to what is there.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Table">The table or view that it is about; <see langword="null"/> for <see cref="SqlStatementKind.Other"/>.</param>
/// <param name="Name">
/// The column, the new name of a table, the table that rows are copied to, or the trigger: what <paramref name="Kind"/> says.
/// </param>
/// <param name="NewName">A column's new name.</param>
/// <param name="HasWhere">Whether a condition chooses the rows.</param>
public sealed record SqlStatement(
    SqlStatementKind Kind,
    string? Table = null,
    string? Name = null,
    string? NewName = null,
    bool HasWhere = false
);
