namespace RagStudio.Data.Migrator;

/// <summary>A rule that was evaluated, and what it found.</summary>
internal sealed class RuleResult(DatabaseRule rule)
{
    public DatabaseRule Rule { get; } = rule;

    public RuleFindings Findings { get; } = new(rule.Rule.Name);
}
