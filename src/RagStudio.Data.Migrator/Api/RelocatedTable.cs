namespace RagStudio.Data.Migrator;

/// <summary>A table that moves to another storage.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">The number of its rows, the same before and after.</param>
/// <param name="Hash">
/// The SHA-256 of the rows as they are stored, in hexadecimal digits, the same before and after. Empty in a plan.
/// </param>
public sealed record RelocatedTable(string Table, long Rows, string Hash);
