using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A statement of a migration's own SQL, as far as it matters to existing data.</summary>
/// <param name="Kind">Its effect.</param>
/// <param name="Table">
/// The table or view that it concerns, named as by <see cref="IMigrationDatabase.NameOf"/>; <see langword="null"/> for <see cref="SqlStatementKind.Other"/>.
/// </param>
/// <param name="Name">
/// The column, the new name of a table, the table that rows are copied to, the trigger or the index,
/// depending on <paramref name="Kind"/>.
/// </param>
/// <param name="NewName">A column's new name.</param>
/// <param name="HasWhere">True if a condition selects the rows.</param>
public sealed record SqlStatement(
    SqlStatementKind Kind,
    string? Table = null,
    string? Name = null,
    string? NewName = null,
    bool HasWhere = false
)
{
    /// <summary>
    /// True if the created table exists only until the connection is closed, and hides one of the same name
    /// until then.
    /// </summary>
    public bool IsTemporary { get; init; }

    /// <summary>True if the statement fails for an existing object; false with <c>IF NOT EXISTS</c>.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>The added column, as EF would add it.</summary>
    public AddColumnOperation? NewColumn { get; init; }

    /// <summary>The tables from which a statement that fills a table reads rows, as far as they are known.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>
    /// The condition that selects the rows to delete, as usable in a query of the same table;
    /// <see langword="null"/> if it is not usable there.
    /// </summary>
    public string? Condition { get; init; }
}
