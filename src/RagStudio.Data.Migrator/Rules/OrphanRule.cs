using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Every value of a column that is not NULL is a key of another table. For references that are no foreign key of the database: those are
/// checked without a rule. Where the column has an index, each different value is looked up once.
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
        var (child, key) = (context.Quote(table), context.Quote(column));
        var orphans = IsIndexed(context)
            ? $"""
                SELECT {context.KeyOf(table)}, {key} FROM {child} WHERE {key} IN (
                    SELECT "value" FROM (SELECT DISTINCT {key} AS "value" FROM {child} WHERE {key} IS NOT NULL) AS "values"
                    WHERE {HasNoParent(context, "\"value\"")})
                """
            : $"""
                SELECT {context.KeyOf(table, "child")}, "child".{key} FROM {child} AS "child"
                WHERE "child".{key} IS NOT NULL AND {HasNoParent(context, $"\"child\".{key}")}
                """;
        return context.QueryAsync(orphans, row => Report(context, row));
    }

    private bool IsIndexed(RuleContext context) =>
        context
            .Table(table)
            .Indexes.Any(index =>
                index.Filter is null && string.Equals(index.Columns[0], column, StringComparison.OrdinalIgnoreCase)
            );

    /// <summary>
    /// NOT IN finds nothing as soon as one key is NULL. The key stands on the left: it is its collation that counts, as for a foreign key. And
    /// a number is compared with a text as a text, as for a foreign key; else the key's index would be of no use.
    /// </summary>
    private string HasNoParent(RuleContext context, string value)
    {
        var compared =
            IsText(context.Table(parentTable).Find(parentColumn)!) && !IsText(context.Table(table).Find(column)!)
                ? $"CAST({value} AS TEXT)"
                : value;
        return $"NOT EXISTS (SELECT 1 FROM {context.Quote(parentTable)} AS \"parent\" WHERE \"parent\".{context.Quote(parentColumn)} = {compared})";
    }

    private static bool IsText(ColumnSchema column) =>
        column.Type.Contains("TEXT", StringComparison.OrdinalIgnoreCase)
        || column.Type.Contains("CHAR", StringComparison.OrdinalIgnoreCase);

    private void Report(RuleContext context, IDataRow row)
    {
        var id = row.IsNull(0) ? null : row.GetString(0);
        context.Report(
            ValidationErrorKind.OrphanedRecord,
            table,
            id,
            $"row {id} of '{table}' refers by {column} to '{row.GetString(1)}' of '{parentTable}', which is not there"
        );
    }
}
