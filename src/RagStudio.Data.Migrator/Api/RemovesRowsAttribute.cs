namespace RagStudio.Data.Migrator;

/// <summary>
/// Announces that a migration removes rows of a table which stays. A run after which a table has fewer rows than its migrations announced fails.
/// Rows that <c>DeleteData</c> names, and tables that are dropped, need no announcement.
/// </summary>
/// <param name="table">The table, by the name that it had before the run.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RemovesRowsAttribute(string table) : Attribute
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;

    /// <summary>How many rows at most.</summary>
    /// <value>0 or more; default any number.</value>
    public long AtMost { get; set; } = long.MaxValue;
}
