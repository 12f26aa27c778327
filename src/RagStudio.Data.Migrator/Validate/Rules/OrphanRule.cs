namespace RagStudio.Data.Migrator;

/// <summary>
/// Every value of a column that is not NULL is a key of another table. For references that are no foreign key of the database: those are
/// checked without a rule.
/// </summary>
/// <param name="table">The table that refers.</param>
/// <param name="column">Its column.</param>
/// <param name="parentTable">The table that is referred to.</param>
/// <param name="parentColumn">Its column, which should have an index.</param>
public sealed class OrphanRule(string table, string column, string parentTable, string parentColumn)
    : QueryRule(
        $"orphans of {table}.{column}",
        new RuleTable(table, [column]),
        new RuleTable(parentTable, [parentColumn])
    )
{
    /// <inheritdoc/>
    public override Task EvaluateAsync(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (child, parent) = (context.Quote(table), context.Quote(parentTable));
        var (key, parentKey) = (context.Quote(column), context.Quote(parentColumn));
        return context.QueryAsync(
            $"""
            SELECT {context.KeyOf(table)}, {key} FROM {child}
            WHERE {key} IS NOT NULL AND {key} NOT IN (SELECT {parentKey} FROM {parent} WHERE {parentKey} IS NOT NULL)
            """,
            row =>
            {
                var id = row.IsNull(0) ? null : row.GetString(0);
                context.Report(
                    ValidationErrorKind.OrphanedRecord,
                    table,
                    id,
                    $"row {id} of '{table}' refers by {column} to '{row.GetString(1)}' of '{parentTable}', which is not there"
                );
            }
        );
    }
}
