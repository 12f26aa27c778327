using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The result of an evaluation of rules.</summary>
/// <param name="Results">A result for each rule that could be evaluated.</param>
/// <param name="AcrossTime">The duration of the queries and passes that include rules across databases.</param>
internal sealed record RuleRun(IReadOnlyList<RuleResult> Results, TimeSpan AcrossTime)
{
    /// <summary>Returns the findings of the rules across databases.</summary>
    public StorageCheck Across()
    {
        var results = Results.Where(result => result.Rule.IsAcross).ToArray();
        return new StorageCheck([.. results.SelectMany(result => result.Findings.All)], results.Length);
    }
}
