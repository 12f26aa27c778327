namespace RagStudio.Data.Migrator.Plan;

/// <summary>Quotes names as the database requires.</summary>
/// <param name="Column">Quotes a column.</param>
/// <param name="Table">Quotes a table, which may have a schema.</param>
internal sealed record Quoting(Func<string, string> Column, Func<string, string> Table);
