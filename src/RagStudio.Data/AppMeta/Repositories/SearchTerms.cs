namespace RagStudio.Data;

/// <summary>The words that a user searches for.</summary>
internal static class SearchTerms
{
    /// <summary>
    /// Writes them as an expression of FTS5 that every word must match. Each is quoted, so none is an operator, a column or
    /// an error (https://sqlite.org/fts5.html#fts5_strings); NUL would end the expression.
    /// </summary>
    public static string ToFts5(string text) =>
        string.Join(
            ' ',
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => $"\"{word.Replace("\0", "").Replace("\"", "\"\"")}\"")
        );
}
