namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>A token of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says.</param>
/// <param name="Start">Where it begins in the SQL.</param>
/// <param name="End">Where it has ended.</param>
internal sealed record SqliteToken(SqliteTokenKind Kind, string Text, int Start, int End)
{
    /// <summary>True if it can name a table or a column.</summary>
    public bool IsName => Kind is SqliteTokenKind.Word or SqliteTokenKind.Name;

    /// <summary>True if it is a keyword; a name in quotes never is.</summary>
    public bool Is(string keyword) =>
        Kind == SqliteTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if it is one of several keywords.</summary>
    public bool IsAny(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Is(keyword))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True if it is a symbol.</summary>
    public bool IsSymbol(char symbol) => Kind == SqliteTokenKind.Symbol && Text.Length == 1 && Text[0] == symbol;

    /// <summary>The same for every way of writing it: names have no quotes, and case is that of strings alone.</summary>
    public string Canonical => Kind == SqliteTokenKind.Literal ? Text : Text.ToLowerInvariant();
}
