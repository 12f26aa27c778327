namespace RagStudio.Data.Migrator;

/// <summary>How many rows a table has before and after migrations.</summary>
/// <param name="Database">The first database of the table's file.</param>
/// <param name="Table">The table.</param>
/// <param name="Before">Its rows before; <see langword="null"/> where it was not there.</param>
/// <param name="After">Its rows after; <see langword="null"/> where it is not there any more.</param>
public sealed record RowDifference(string Database, string Table, long? Before, long? After);
