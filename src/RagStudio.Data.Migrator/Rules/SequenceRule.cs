using System.Globalization;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Requires the numbers of a column to start at <see cref="Start"/> in each group of rows and to continue without gaps
/// or duplicates. It costs one pass over an index of the group's columns and the number; only if something is wrong, a
/// second pass finds out what.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="column">The column of the number, which must not be NULL.</param>
/// <param name="group">The columns by which rows are grouped; none if all rows are numbered together.</param>
public sealed class SequenceRule(string table, string column, params IReadOnlyList<string> group)
    : QueryRule($"sequence of {table}.{column}", new RuleTable(table, [.. group, column]))
{
    /// <summary>The number of each group's first row.</summary>
    /// <value>Default: 1.</value>
    public long Start { get; init; } = 1;

    /// <inheritdoc/>
    public override async Task EvaluateAsync(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var isBroken = false;
        await context.QueryAsync(FirstBrokenGroup(context), _ => isBroken = true).ConfigureAwait(false);
        if (isBroken)
        {
            var scan = new SequenceScan(context, table, column, group, Start);
            await context.QueryAsync(InOrder(context), scan.Inspect).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// <c>n</c> distinct integers whose maximum is <c>Start + n - 1</c> and whose average is that of the numbers from
    /// <c>Start</c> to there can only be these numbers. That they are distinct, and that there are <c>n</c>, is counted
    /// unless the schema guarantees it.
    /// </summary>
    private string FirstBrokenGroup(RuleContext context)
    {
        var (number, start) = (context.Quote(column), Start.ToString(CultureInfo.InvariantCulture));
        var duplicates = IsUnique(context) ? "" : $"OR COUNT(DISTINCT {number}) <> COUNT(*)";
        var nulls = context.Table(table).Find(column)!.IsNullable ? $"OR COUNT({number}) <> COUNT(*)" : "";
        return $"""
            SELECT MAX({number}) FROM {context.QuoteTable(table)} {(
                group.Count == 0 ? "" : "GROUP BY " + Group(context)
            )}
            HAVING MAX({number}) <> {start} + COUNT(*) - 1 OR AVG({number}) * 2 <> {start} * 2 + COUNT(*) - 1 {nulls} {duplicates}
            LIMIT 1
            """;
    }

    private string InOrder(RuleContext context)
    {
        var order = string.Join(", ", group.Append(column).Select(context.Quote));
        return $"SELECT {context.KeyOf(table)}, {order} FROM {context.QuoteTable(table)} ORDER BY {order}";
    }

    private string Group(RuleContext context) => string.Join(", ", group.Select(context.Quote));

    private bool IsUnique(RuleContext context)
    {
        var schema = context.Table(table);
        var columns = group.Append(column).ToHashSet(schema.Names);
        return schema.Indexes.Any(index => index.IsUnique && index.Filter is null && columns.SetEquals(index.Columns));
    }
}
