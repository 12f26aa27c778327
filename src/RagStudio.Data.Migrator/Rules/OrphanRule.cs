using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Requires every value of a column that is not NULL to be a key of another table. For references that are not foreign
/// keys of the database: those are checked without a rule. If the column has an index, each distinct value is looked up
/// once.
/// </summary>
/// <param name="table">The referring table.</param>
/// <param name="column">The referring column.</param>
/// <param name="parentTable">The referenced table.</param>
/// <param name="parentColumn">The referenced column, which should have an index.</param>
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
        var (child, key) = (context.QuoteTable(table), context.Quote(column));
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

    private bool IsIndexed(RuleContext context)
    {
        var child = context.Table(table);
        return child.Indexes.Any(index => index.Filter is null && child.Names.Equals(index.Columns[0], column));
    }

    /// <summary>
    /// NOT IN finds nothing as soon as one key is NULL. The key stands on the left so that its collation applies, as
    /// for a foreign key. And a number is compared with a text as a text, as for a foreign key; otherwise the key's
    /// index could not be used.
    /// </summary>
    private string HasNoParent(RuleContext context, string value)
    {
        var compared =
            IsText(context.Table(parentTable).Find(parentColumn)!) && !IsText(context.Table(table).Find(column)!)
                ? $"CAST({value} AS TEXT)"
                : value;
        return $"NOT EXISTS (SELECT 1 FROM {context.QuoteTable(parentTable)} AS \"parent\" WHERE \"parent\".{context.Quote(parentColumn)} = {compared})";
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
            $"row {id} of '{table}': {column} refers to '{row.GetString(1)}' of '{parentTable}', which does not exist"
        );
    }
}
