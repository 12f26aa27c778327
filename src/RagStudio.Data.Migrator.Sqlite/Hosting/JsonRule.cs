using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Requires text columns to contain valid JSON or NULL. A row is reported once, with all of its columns that
/// do not; one that a CHECK constraint forbids is not reported again by SQLite's own check.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns.</param>
public sealed class JsonRule(string table, params IReadOnlyList<string> columns)
    : QueryRule($"JSON of {table}", new RuleTable(table, columns))
{
    /// <summary>
    /// True to check only the columns that have a CHECK constraint with <c>json_valid</c>: for a table whose earlier versions may
    /// hold any text.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool OnlyWhereChecked { get; init; }

    /// <inheritdoc/>
    public override Task EvaluateAsync(RuleContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var constrained = columns.Where(column => IsConstrained(context.Table(table), column)).ToHashSet();
        var looked = columns.Where(column => !OnlyWhereChecked || constrained.Contains(column)).ToArray();
        return looked.Length == 0
            ? Task.CompletedTask
            : context.QueryAsync(Query(context, looked), row => Report(context, row, looked, constrained));
    }

    private string Query(RuleContext context, string[] looked)
    {
        // NULL is tested explicitly: before SQLite 3.45 json_valid(NULL) was 0.
        var invalid = looked
            .Select(context.Quote)
            .Select(column => $"({column} IS NOT NULL AND json_valid({column}) = 0)")
            .ToArray();
        return $"""
            SELECT {context.KeyOf(table)}, {string.Join(", ", invalid)} FROM {context.Quote(table)}
            WHERE {string.Join(" OR ", invalid)}
            """;
    }

    private void Report(RuleContext context, IDataRow row, string[] looked, HashSet<string> constrained)
    {
        var invalid = looked.Where((_, i) => row.GetInt64(i + 1) != 0).ToArray();
        var id = row.IsNull(0) ? null : row.GetString(0);
        context.Report(
            ValidationErrorKind.InvalidJson,
            table,
            id,
            $"row {id} of '{table}' has invalid JSON in {string.Join(", ", invalid)}",
            isConstraint: invalid.Any(constrained.Contains)
        );
    }

    private static bool IsConstrained(TableSchema table, string column) =>
        table.Checks.Any(check => Demands(SqliteTokens.Read(check), column));

    private static bool Demands(IReadOnlyList<SqliteToken> check, string column) =>
        Enumerable
            .Range(0, Math.Max(0, check.Count - 2))
            .Any(i =>
                check[i].Text.Equals("json_valid", StringComparison.OrdinalIgnoreCase)
                && check[i + 1].IsSymbol('(')
                && check[i + 2].Text.Equals(column, StringComparison.OrdinalIgnoreCase)
            );
}
