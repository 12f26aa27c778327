namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>A position in a statement.</summary>
internal sealed class SqliteCursor(IReadOnlyList<SqliteToken> tokens)
{
    private int _at;

    private SqliteToken? Current => _at < tokens.Count ? tokens[_at] : null;

    /// <summary>The tokens that have not been read yet.</summary>
    public IReadOnlyList<SqliteToken> Rest => [.. tokens.Skip(_at)];

    /// <summary>The tables that rows are read from, at any depth. Common table expressions may be among them.</summary>
    public IReadOnlyList<string> Sources() =>
        [
            .. tokens
                .Index()
                .Where(at => at.Item.IsAny("FROM", "JOIN"))
                .Select(at => new SqliteCursor([.. tokens.Skip(at.Index + 1)]).ReadTable())
                .OfType<string>(),
        ];

    /// <returns>True if the keyword was next; it has been read then.</returns>
    public bool Skip(string keyword) => SkipIf(Current?.Is(keyword) == true);

    /// <returns>True if the symbol was next; it has been read then.</returns>
    public bool SkipSymbol(char symbol) => SkipIf(Current?.IsSymbol(symbol) == true);

    /// <summary>Advances to the next matching token outside parentheses.</summary>
    /// <returns>True if there is one.</returns>
    public bool SkipTo(Func<SqliteToken, bool> isWanted)
    {
        var depth = 0;
        for (; Current is { } token; _at++)
        {
            if (depth == 0 && isWanted(token))
            {
                return true;
            }
            depth += token.Depth;
        }
        return false;
    }

    /// <returns>The name at this position, which has been read then; SQLite also accepts a string as a name.</returns>
    public string? ReadName()
    {
        if (Current is not { } token || !(token.IsName || IsString(token)))
        {
            return null;
        }
        _at++;
        return IsString(token) ? token.Text[1..^1].Replace("''", "'", StringComparison.Ordinal) : token.Text;
    }

    /// <returns>
    /// The name of a table, view or trigger of the main schema; <see langword="null"/> if it belongs to
    /// another schema.
    /// </returns>
    public string? ReadTable()
    {
        var name = ReadName();
        if (name is null || Current?.IsSymbol('.') != true)
        {
            return name;
        }
        _at++;
        var inSchema = ReadName();
        return name.Equals("main", StringComparison.OrdinalIgnoreCase) ? inSchema : null;
    }

    private bool SkipIf(bool isNext)
    {
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private static bool IsString(SqliteToken token) =>
        token.Kind == SqliteTokenKind.Literal
        && token.Text.Length > 1
        && token.Text[0] == '\''
        && token.Text[^1] == '\'';
}
