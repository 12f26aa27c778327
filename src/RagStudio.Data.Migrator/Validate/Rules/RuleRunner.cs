using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Evaluates rules: one query for each query rule, and one shared pass over each table for its row rules.
/// </summary>
/// <param name="databases">The databases that the rules read.</param>
/// <param name="time">The clock.</param>
/// <param name="starting">Receives the database and the rules that are evaluated next.</param>
/// <param name="read">Receives the number of rows read so far, from time to time.</param>
internal sealed class RuleRunner(
    RuleDatabases databases,
    TimeProvider time,
    Action<string, string> starting,
    Action<long> read
)
{
    private const long RowsBetweenReports = 50_000;

    private TimeSpan _acrossTime;

    public async Task<RuleRun> RunAsync(IEnumerable<DatabaseRule> rules)
    {
        var results = rules.Where(databases.Has).Select(rule => new RuleResult(rule)).ToArray();
        foreach (var result in results.Where(result => result.Rule.Rule is QueryRule))
        {
            await TimeAsync([result], QueryAsync).ConfigureAwait(false);
        }
        var passes = results
            .Where(result => result.Rule.Rule is RowRule)
            .GroupBy(result => (result.Rule.Database, TableOf(result).Name));
        foreach (var pass in passes)
        {
            await TimeAsync([.. pass], PassAsync).ConfigureAwait(false);
        }
        return new RuleRun(results, _acrossTime);
    }

    private async Task TimeAsync(RuleResult[] rules, Func<RuleResult[], Task> evaluateAsync)
    {
        starting(rules[0].Rule.Database, string.Join(", ", rules.Select(rule => rule.Rule.Rule.Name)));
        var begun = time.GetTimestamp();
        await evaluateAsync(rules).ConfigureAwait(false);
        if (rules.Any(rule => rule.Rule.IsAcross))
        {
            _acrossTime += time.GetElapsedTime(begun);
        }
    }

    private Task QueryAsync(RuleResult[] rules) => ((QueryRule)rules[0].Rule.Rule).EvaluateAsync(ContextFor(rules[0]));

    private async Task PassAsync(RuleResult[] rules)
    {
        var table = RowRuleOf(rules[0]).Table.Table;
        var names = TableOf(rules[0]).Names;
        var columns = rules.SelectMany(rule => RowRuleOf(rule).Table.Columns).Distinct(names).ToArray();
        var contexts = rules.Select(ContextFor).ToArray();
        var inspections = new (Action<IDataRow> Inspect, RuleRow Row)[rules.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = RowRuleOf(rules[i]);
            var row = new RuleRow([.. rule.Table.Columns.Select(c => IndexOf(columns, c, names)), columns.Length]);
            inspections[i] = (await rule.BeginAsync(contexts[i]).ConfigureAwait(false), row);
        }
        var selected = columns.Select(contexts[0].Quote).Append(contexts[0].KeyOf(table));
        var rows = 0L;
        await contexts[0]
            .QueryAsync(
                $"SELECT {string.Join(", ", selected)} FROM {contexts[0].QuoteTable(table)}",
                row =>
                {
                    if (++rows % RowsBetweenReports == 0)
                    {
                        read(rows);
                    }
                    Inspect(row, inspections);
                }
            )
            .ConfigureAwait(false);
        foreach (var context in contexts)
        {
            context.End();
        }
        ValidationInstruments.Rows.Add(
            rows,
            new KeyValuePair<string, object?>(MigratorDiagnostics.NamespaceTag, rules[0].Rule.Database)
        );
    }

    private static void Inspect(IDataRow row, (Action<IDataRow> Inspect, RuleRow Row)[] inspections)
    {
        foreach (var (inspect, own) in inspections)
        {
            own.Of(row);
            inspect(own);
        }
    }

    private RuleContext ContextFor(RuleResult result) => new(result.Rule.Database, databases, result.Findings);

    private static RowRule RowRuleOf(RuleResult result) => (RowRule)result.Rule.Rule;

    private TableSchema TableOf(RuleResult result) =>
        databases.SchemaOf(result.Rule.Database).Find(RowRuleOf(result).Table.Table)!;

    private static int IndexOf(string[] columns, string column, StringComparer names) =>
        Array.FindIndex(columns, c => names.Equals(c, column));
}
