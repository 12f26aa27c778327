namespace RagStudio.Data.Migrator;

/// <summary>Evaluates rules: a query each, and one pass over each table for all that look at its rows.</summary>
internal sealed class RuleRunner(RuleDatabases databases)
{
    /// <returns>What was found, and how many rules were evaluated.</returns>
    public async Task<StorageCheck> RunAsync(IReadOnlyList<DatabaseRule> rules, Action<string> starting)
    {
        var findings = new RuleFindings();
        var applicable = rules.Where(rule => databases.Has(rule.Rule, rule.Database)).ToArray();
        foreach (var rule in applicable.Where(rule => rule.Rule is QueryRule))
        {
            starting(rule.Rule.Name);
            await ((QueryRule)rule.Rule).EvaluateAsync(ContextFor(rule, findings)).ConfigureAwait(false);
        }
        var passes = applicable
            .Where(rule => rule.Rule is RowRule)
            .GroupBy(rule => (rule.Database, ((RowRule)rule.Rule).Table.Table));
        foreach (var pass in passes)
        {
            starting(string.Join(", ", pass.Select(rule => rule.Rule.Name)));
            await PassAsync(pass.Key.Database, pass.Key.Table, [.. pass], findings).ConfigureAwait(false);
        }
        return new StorageCheck(findings.All, applicable.Length);
    }

    private async Task PassAsync(
        string database,
        string table,
        IReadOnlyList<DatabaseRule> rules,
        RuleFindings findings
    )
    {
        var columns = rules
            .SelectMany(rule => ((RowRule)rule.Rule).Table.Columns)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        var inspections = new List<(Action<IDataRow> Inspect, RuleRow Row)>();
        foreach (var rule in rules)
        {
            var row = new RuleRow([.. ((RowRule)rule.Rule).Table.Columns.Select(column => IndexOf(columns, column))]);
            var inspect = await ((RowRule)rule.Rule).BeginAsync(ContextFor(rule, findings)).ConfigureAwait(false);
            inspections.Add((inspect, row));
        }
        var reader = databases.ReaderOf(database);
        var sql = $"SELECT {string.Join(", ", columns.Select(reader.Quote))} FROM {reader.Quote(table)}";
        await reader
            .QueryAsync(
                sql,
                [],
                row =>
                {
                    foreach (var (inspect, own) in inspections)
                    {
                        own.Of(row);
                        inspect(own);
                    }
                },
                databases.Limits
            )
            .ConfigureAwait(false);
    }

    private RuleContext ContextFor(DatabaseRule rule, RuleFindings findings) =>
        new(rule.Rule, rule.Database, databases, findings);

    private static int IndexOf(string[] columns, string column) =>
        Array.FindIndex(columns, c => string.Equals(c, column, StringComparison.OrdinalIgnoreCase));
}
