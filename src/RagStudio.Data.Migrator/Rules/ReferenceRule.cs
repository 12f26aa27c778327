using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Requires every value of a column that is not NULL to be a key of a table of another database. The rows are read in
/// one pass and the keys are kept in memory (<see cref="KeySet"/>): the referenced table should have no more than some
/// hundred thousand rows.
/// </summary>
/// <param name="table">The referring table.</param>
/// <param name="column">The referring column.</param>
/// <param name="parentDatabase">The referenced database.</param>
/// <param name="parentTable">The referenced table.</param>
/// <param name="parentColumn">The referenced column. Values are equal if their texts are.</param>
public sealed class ReferenceRule(
    string table,
    string column,
    string parentDatabase,
    string parentTable,
    string parentColumn
)
    : RowRule(
        $"references of {table}.{column} to {parentDatabase}",
        new RuleTable(table, [column]),
        new RuleTable(parentTable, [parentColumn], parentDatabase)
    )
{
    /// <inheritdoc/>
    public override async Task<Action<IDataRow>> BeginAsync(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var keys = await KeySet.ReadAsync(context, Tables[1]).ConfigureAwait(false);
        return row =>
        {
            if (!row.IsNull(0) && !keys.Contains(row.GetUtf8(0)))
            {
                Report(context, row);
            }
        };
    }

    private void Report(RuleContext context, IDataRow row)
    {
        var id = row.IsNull(1) ? null : row.GetString(1);
        context.Report(
            ValidationErrorKind.CrossDatabaseConstraintViolation,
            table,
            id,
            $"row {id} of '{table}': {column} refers to '{row.GetString(0)}' of '{parentTable}' in {parentDatabase}, which does not exist"
        );
    }
}
