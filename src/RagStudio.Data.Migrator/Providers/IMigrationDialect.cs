using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Answers the lint's questions about migrations before they run. A provider answers those that it can: by
/// default each answer is that nothing is known, which refuses nothing. Builds no EF model. Implementations
/// are thread-safe.
/// </summary>
public interface IMigrationDialect
{
    /// <summary>
    /// Finds the operations that copy their whole table, which takes additional space and loses the table's
    /// triggers. The copying happens after all other operations of the same migration.
    /// </summary>
    /// <param name="operations">The operations of one migration.</param>
    /// <returns>Those that copy a table.</returns>
    IReadOnlyList<MigrationOperation> FindRebuilds(IReadOnlyList<MigrationOperation> operations) => [];

    /// <summary>Finds the values of a column that do not fit a change of it.</summary>
    /// <param name="operation">The change.</param>
    /// <param name="column">
    /// The present column; its name differs from the operation's if a pending migration renames it.
    /// </param>
    /// <returns>The values; <see langword="null"/> if every value fits.</returns>
    UnfitValues? FindUnfit(AlterColumnOperation operation, ColumnSchema column) => null;

    /// <summary>Determines if a new column can be added to a table with rows as well as to an empty one.</summary>
    /// <param name="operation">The column; the meaning of a missing default is checked elsewhere.</param>
    /// <returns><see langword="false"/> if only an empty table accepts it.</returns>
    bool FitsRows(AddColumnOperation operation) => true;

    /// <summary>Returns the table that EF was rebuilding when it created a table of a given name.</summary>
    /// <param name="table">The name.</param>
    /// <returns>Default: <see langword="null"/>, for a provider whose rebuilds create none.</returns>
    string? FindRebuilt(string table) => null;

    /// <summary>
    /// Reads a migration's own SQL. A statement that cannot be understood is
    /// <see cref="SqlStatementKind.Other"/>.
    /// </summary>
    /// <param name="sql">One or more statements.</param>
    /// <returns>The statements, in order; those within a trigger are not included.</returns>
    IReadOnlyList<SqlStatement> ReadStatements(string sql) => [];
}
