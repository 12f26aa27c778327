namespace RagStudio.Data.Migrator;

/// <summary>
/// A condition that the rows of a database must satisfy. A <see cref="QueryRule"/> is one query; a
/// <see cref="RowRule"/> inspects each row of a table in a pass that it shares with the other rules of that table.
/// Rules are evaluated before and after a run: an old violation is a warning, a new one fails the run.
/// </summary>
/// <remarks>
/// A rule must not write or keep state between evaluations, and its memory must not grow with the number of rows. It is
/// skipped while a table or a column that it needs is missing, which the schema's own checks report.
/// </remarks>
public abstract class ValidationRule
{
    private protected ValidationRule(string name, IReadOnlyList<RuleTable> tables)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(tables);
        (Name, Tables) = (name, tables);
    }

    /// <summary>The rule's name in reports. It must not change between versions of the program.</summary>
    public string Name { get; }

    /// <summary>The tables and columns that it reads.</summary>
    public IReadOnlyList<RuleTable> Tables { get; }
}
