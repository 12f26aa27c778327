namespace RagStudio.Data.Migrator;

/// <summary>A table of a copy.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Table">The table in the target.</param>
/// <param name="Rows">The number of its rows, the same in both.</param>
/// <param name="Hash">
/// The sum of the rows' SHA-256, over the values as the model reads them, in hexadecimal digits: the same in both. Empty in a
/// plan.
/// </param>
public sealed record CopiedTable(string Database, string Table, long Rows, string Hash);
