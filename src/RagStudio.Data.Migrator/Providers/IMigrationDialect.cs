using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What the lint asks about migrations before they run. A provider answers what it knows: each answer by default is that nothing is known, which
/// refuses nothing. Reads no EF model. Implementations are safe for several threads.
/// </summary>
public interface IMigrationDialect
{
    /// <summary>
    /// Finds the operations that copy their whole table, which takes space beside it and leaves the table's triggers behind. The copying is
    /// done after all other operations of the same migration.
    /// </summary>
    /// <param name="operations">The operations of one migration.</param>
    /// <returns>Those of them that do.</returns>
    IReadOnlyList<MigrationOperation> FindRebuilds(IReadOnlyList<MigrationOperation> operations) => [];

    /// <summary>Tells which values of a column do not fit what it becomes.</summary>
    /// <param name="operation">The change.</param>
    /// <param name="column">The column as it is; its name may differ from the operation's, where a pending migration renames it.</param>
    /// <returns>The values; <see langword="null"/> where every value fits.</returns>
    UnfitValues? FindUnfit(AlterColumnOperation operation, ColumnSchema column) => null;

    /// <summary>Tells if a table that has rows takes a new column as well as one that has none does.</summary>
    /// <param name="operation">The column; what a missing default means is not asked.</param>
    /// <returns><see langword="false"/> where only an empty table takes it.</returns>
    bool FitsRows(AddColumnOperation operation) => true;

    /// <summary>Reads SQL that a migration brings along. What cannot be understood is <see cref="SqlStatementKind.Other"/>.</summary>
    /// <param name="sql">One statement or several.</param>
    /// <returns>The statements in their order; those within a trigger are none.</returns>
    IReadOnlyList<SqlStatement> ReadStatements(string sql) => [];
}
