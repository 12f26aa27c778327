namespace RagStudio.Data.Migrator;

/// <summary>The number of rows of a table before and after migrations.</summary>
/// <param name="Database">The first database of the table's file.</param>
/// <param name="Table">The table.</param>
/// <param name="Before">The number of rows before; <see langword="null"/> if the table did not exist.</param>
/// <param name="After">The number of rows after; <see langword="null"/> if the table no longer exists.</param>
public sealed record RowDifference(string Database, string Table, long? Before, long? After);
