namespace RagStudio.Data.Migrator;

/// <summary>A rule that is evaluated by one query.</summary>
/// <param name="name">The rule's name in reports.</param>
/// <param name="tables">The tables and columns that it reads.</param>
public abstract class QueryRule(string name, params IReadOnlyList<RuleTable> tables) : ValidationRule(name, tables)
{
    /// <summary>Evaluates the rule once.</summary>
    /// <param name="context">Runs the query and collects the findings.</param>
    /// <returns>A task that ends when the rule was evaluated.</returns>
    public abstract Task EvaluateAsync(RuleContext context);
}
