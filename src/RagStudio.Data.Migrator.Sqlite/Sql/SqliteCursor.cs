namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>A position in a statement.</summary>
internal sealed class SqliteCursor(IReadOnlyList<SqliteToken> tokens)
{
    private int _at;

    private SqliteToken? Current => _at < tokens.Count ? tokens[_at] : null;

    /// <summary>The tokens that have not been read yet.</summary>
    public IReadOnlyList<SqliteToken> Rest => [.. tokens.Skip(_at)];

    /// <summary>The tables that rows are read from, at any depth. Common table expressions may be among them.</summary>
    public IReadOnlyList<string> Sources()
    {
        var sources = new List<string>();
        for (var at = 0; at < tokens.Count - 1; at++)
        {
            if (
                (tokens[at].Is("FROM") || tokens[at].Is("JOIN"))
                && new SqliteCursor([.. tokens.Skip(at + 1)]).ReadTable() is { } table
            )
            {
                sources.Add(table);
            }
        }
        return sources;
    }

    /// <returns>True if the keyword was next; it has been read then.</returns>
    public bool Skip(string keyword)
    {
        var isThere = Current?.Is(keyword) ?? false;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    /// <returns>True if the symbol was next; it has been read then.</returns>
    public bool SkipSymbol(char symbol)
    {
        var isThere = Current?.IsSymbol(symbol) ?? false;
        _at += isThere ? 1 : 0;
        return isThere;
    }

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
            depth +=
                token.IsSymbol('(') ? 1
                : token.IsSymbol(')') ? -1
                : 0;
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

    private static bool IsString(SqliteToken token) =>
        token.Kind == SqliteTokenKind.Literal
        && token.Text.Length > 1
        && token.Text[0] == '\''
        && token.Text[^1] == '\'';
}
