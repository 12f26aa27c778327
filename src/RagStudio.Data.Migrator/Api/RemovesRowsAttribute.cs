namespace RagStudio.Data.Migrator;

/// <summary>
/// Declares that a migration removes rows of a table that stays. A run in which a table loses more rows than its
/// migrations declare fails. Rows that <c>DeleteData</c> names, and tables that are dropped, need no declaration.
/// </summary>
/// <param name="table">The table, by its name before the run.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RemovesRowsAttribute(string table) : Attribute
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;

    /// <summary>The maximum number of rows removed.</summary>
    /// <value>0 or more; default any number.</value>
    public long AtMost { get; set; } = long.MaxValue;
}
