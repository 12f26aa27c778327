using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A statement of a migration's own SQL, as far as it matters to what is there.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Table">The table or view that it is about; <see langword="null"/> for <see cref="SqlStatementKind.Other"/>.</param>
/// <param name="Name">
/// The column, the new name of a table, the table that rows are copied to, the trigger or the index: what <paramref name="Kind"/> says.
/// </param>
/// <param name="NewName">A column's new name.</param>
/// <param name="HasWhere">Whether a condition chooses the rows.</param>
public sealed record SqlStatement(
    SqlStatementKind Kind,
    string? Table = null,
    string? Name = null,
    string? NewName = null,
    bool HasWhere = false
)
{
    /// <summary>Whether the table that is created goes with the connection, and until then hides one of the same name.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Whether the statement fails where what it creates exists; <c>IF NOT EXISTS</c> says that it does not.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>The column that is added, as EF would add it.</summary>
    public AddColumnOperation? NewColumn { get; init; }

    /// <summary>The tables that a statement which fills a table reads rows from, as far as they can be told.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>
    /// The condition that chooses the rows to delete, as it may stand in a query of the same table alone; <see langword="null"/> where it may not.
    /// </summary>
    public string? Condition { get; init; }
}
