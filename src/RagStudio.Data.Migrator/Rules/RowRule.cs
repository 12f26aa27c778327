using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>A rule that looks at each row of a table by itself. All such rules of one table share one pass over it.</summary>
/// <param name="name">The rule's name in reports.</param>
/// <param name="table">The table and the columns of it that the rule sees, in this order.</param>
/// <param name="others">Other tables that it reads before the pass begins.</param>
public abstract class RowRule(string name, RuleTable table, params IReadOnlyList<RuleTable> others)
    : ValidationRule(name, [table, .. others])
{
    /// <summary>The table whose rows it looks at.</summary>
    public RuleTable Table => Tables[0];

    /// <summary>Prepares one pass.</summary>
    /// <param name="context">Reads what the rule needs beforehand, and takes what it finds.</param>
    /// <returns>
    /// What looks at a row; its columns are those of <see cref="Table"/>, in that order, and after them one more: what names the row in
    /// reports (<see cref="RuleContext.KeyOf"/>).
    /// </returns>
    public abstract Task<Action<IDataRow>> BeginAsync(RuleContext context);
}
