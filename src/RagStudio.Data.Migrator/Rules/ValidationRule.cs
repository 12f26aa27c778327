namespace RagStudio.Data.Migrator;

/// <summary>
/// Something that must hold for the rows of a database: a <see cref="QueryRule"/> is one query, a <see cref="RowRule"/> looks at each row
/// of a table in one pass that it shares with the others of that table. Rules are evaluated before and after a run: what was
/// broken before is a warning, what a run breaks fails it.
/// </summary>
/// <remarks>
/// A rule writes nothing, keeps no state between two evaluations, and needs memory that does not grow with the number of rows. It is passed over
/// while a table or a column that it needs is not there, which is for the schema's own checks to tell.
/// </remarks>
public abstract class ValidationRule
{
    private protected ValidationRule(string name, IReadOnlyList<RuleTable> tables)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(tables);
        (Name, Tables) = (name, tables);
    }

    /// <summary>The rule's name in reports; does not change between versions of the program.</summary>
    public string Name { get; }

    /// <summary>The tables and columns that it reads.</summary>
    public IReadOnlyList<RuleTable> Tables { get; }
}
