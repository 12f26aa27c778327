namespace RagStudio.Data.Migrator;

/// <summary>An evaluated rule with its findings.</summary>
internal sealed class RuleResult(DatabaseRule rule)
{
    public DatabaseRule Rule { get; } = rule;

    public RuleFindings Findings { get; } = new(rule.Rule.Name);
}
