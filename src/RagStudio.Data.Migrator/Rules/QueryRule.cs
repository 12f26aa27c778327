namespace RagStudio.Data.Migrator;

/// <summary>A rule that is evaluated by a query of its own.</summary>
/// <param name="name">The rule's name in reports.</param>
/// <param name="tables">The tables and columns that it reads.</param>
public abstract class QueryRule(string name, params IReadOnlyList<RuleTable> tables) : ValidationRule(name, tables)
{
    /// <summary>Evaluates the rule once.</summary>
    /// <param name="context">Runs its query and takes what it finds.</param>
    /// <returns>When it is evaluated.</returns>
    public abstract Task EvaluateAsync(RuleContext context);
}
