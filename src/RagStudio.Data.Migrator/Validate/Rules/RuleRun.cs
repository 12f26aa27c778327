using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>What an evaluation of rules gave.</summary>
/// <param name="Results">A result for each rule that could be evaluated.</param>
/// <param name="AcrossTime">How long the queries and passes took in which rules across databases have a part.</param>
internal sealed record RuleRun(IReadOnlyList<RuleResult> Results, TimeSpan AcrossTime)
{
    /// <summary>What the rules found that are across databases.</summary>
    public StorageCheck Across()
    {
        var results = Results.Where(result => result.Rule.IsAcross).ToArray();
        return new StorageCheck([.. results.SelectMany(result => result.Findings.All)], results.Length);
    }
}
