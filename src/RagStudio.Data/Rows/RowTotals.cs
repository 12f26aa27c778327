namespace RagStudio.Data;

/// <summary>What a file of rows contains.</summary>
/// <param name="Rows">The number of rows of each table; a table without rows has 0.</param>
/// <param name="Sha256">
/// The SHA-256 of all lines before the last one, which contains it, in lower-case hexadecimal digits.
/// </param>
public sealed record RowTotals(IReadOnlyDictionary<string, long> Rows, string Sha256);
