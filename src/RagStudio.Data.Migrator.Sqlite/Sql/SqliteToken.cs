namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>A token of SQL.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text.</param>
/// <param name="Start">The index of its first character in the SQL.</param>
/// <param name="End">The index after its last character.</param>
internal sealed record SqliteToken(SqliteTokenKind Kind, string Text, int Start, int End)
{
    /// <summary>True if it can name a table or a column.</summary>
    public bool IsName => Kind is SqliteTokenKind.Word or SqliteTokenKind.Name;

    /// <summary>True if it is the given keyword. A quoted name is never a keyword.</summary>
    public bool Is(string keyword) =>
        Kind == SqliteTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if it is one of the given keywords.</summary>
    public bool IsAny(params ReadOnlySpan<string> keywords) =>
        Kind == SqliteTokenKind.Word && keywords.Contains(Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>True if it is the given symbol.</summary>
    public bool IsSymbol(char symbol) => Kind == SqliteTokenKind.Symbol && Text.Length == 1 && Text[0] == symbol;

    /// <summary>What it adds to the depth of parentheses.</summary>
    public int Depth =>
        IsSymbol('(') ? 1
        : IsSymbol(')') ? -1
        : 0;

    /// <summary>
    /// The same text for every spelling: names without quotes, and everything but literals in lower case.
    /// </summary>
    public string Canonical => Kind == SqliteTokenKind.Literal ? Text : Text.ToLowerInvariant();
}
