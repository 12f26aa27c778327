using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Benchmarks;

/// <summary>Evaluates rules as a validation does, without the validation's other checks.</summary>
internal static class Rules
{
    /// <exception cref="InvalidOperationException">
    /// A rule found something, or a rule could not be evaluated.
    /// </exception>
    public static async Task EvaluateAsync(BenchmarkData data, Func<DatabaseRule, bool> chosen) =>
        await EvaluateAsync(data, [.. data.Set.Rules.Where(chosen)]);

    /// <inheritdoc cref="EvaluateAsync(BenchmarkData, Func{DatabaseRule, bool})"/>
    public static async Task EvaluateAsync(BenchmarkData data, IReadOnlyList<DatabaseRule> rules)
    {
        var views = new Dictionary<string, StorageView>();
        try
        {
            foreach (var database in data.Set.Databases)
            {
                var reader = (await database.Storage.OpenReaderAsync(CancellationToken.None))!;
                views[database.Name] = new StorageView(
                    reader,
                    await reader.ReadSchemaAsync(data.Set.In(database.Storage), WorkLimits.None)
                );
            }
            var databases = new RuleDatabases(views, WorkLimits.None);
            var run = await new RuleRunner(databases, TimeProvider.System, (_, _) => { }, _ => { }).RunAsync(rules);
            Demand(rules.Count > 0 && run.Results.Count == rules.Count, "a rule was passed over");
            Demand(run.Results.All(result => result.Findings.All.Count == 0), "a clean database has an error");
        }
        finally
        {
            foreach (var view in views.Values)
            {
                await view.Reader.DisposeAsync();
            }
        }
    }

    public static void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The benchmark measures nothing: {what}.");
        }
    }
}
