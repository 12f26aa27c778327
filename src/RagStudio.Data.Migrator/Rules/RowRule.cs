using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>A rule that inspects each row of a table. All such rules of one table share one pass over it.</summary>
/// <param name="name">The rule's name in reports.</param>
/// <param name="table">The table and the columns that the rule reads, in this order.</param>
/// <param name="others">Other tables that it reads before the pass.</param>
public abstract class RowRule(string name, RuleTable table, params IReadOnlyList<RuleTable> others)
    : ValidationRule(name, [table, .. others])
{
    /// <summary>The table whose rows it inspects.</summary>
    public RuleTable Table => Tables[0];

    /// <summary>Prepares one pass.</summary>
    /// <param name="context">Reads what the rule needs beforehand, and collects the findings.</param>
    /// <returns>
    /// The action for each row, whose columns are those of <see cref="Table"/>, in that order, followed by the key that
    /// names the row in reports (<see cref="RuleContext.KeyOf"/>).
    /// </returns>
    public abstract Task<Action<IDataRow>> BeginAsync(RuleContext context);
}
