namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>A token of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text as written.</param>
/// <param name="Start">Where it begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public int End => Start + Text.Length;

    /// <summary>The content of a plain literal.</summary>
    public string LiteralText =>
        Text is ['\'', .. var text, '\''] ? text.Replace("''", "'", StringComparison.Ordinal) : Text;

    /// <summary>True for a keyword that is not quoted.</summary>
    public bool Is(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool Is(char symbol) => Kind == TokenKind.Symbol && Text[0] == symbol;
}
