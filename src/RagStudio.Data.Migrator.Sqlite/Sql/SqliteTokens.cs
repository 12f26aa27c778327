namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>Splits SQL into tokens and statements as SQLite does.</summary>
internal static class SqliteTokens
{
    /// <summary>The tokens of a text, without white space and comments.</summary>
    public static IReadOnlyList<SqliteToken> Read(string sql)
    {
        var tokens = new List<SqliteToken>();
        for (var at = 0; at < sql.Length; )
        {
            at = SqliteScanner.Skip(sql, at) is var next && next > at ? next : Add(tokens, sql, at);
        }
        return tokens;
    }

    /// <summary>
    /// The same text for scripts that differ only in white space, comments, quoting of names or case of
    /// names.
    /// </summary>
    public static string Canonical(string sql) => Canonical(Read(sql));

    /// <inheritdoc cref="Canonical(string)"/>
    public static string Canonical(IEnumerable<SqliteToken> tokens) =>
        string.Join(' ', tokens.Select(token => token.Canonical));

    /// <summary>The statements of a script. Those within a trigger belong to the trigger.</summary>
    public static IReadOnlyList<IReadOnlyList<SqliteToken>> Statements(string sql)
    {
        var statements = new List<IReadOnlyList<SqliteToken>>();
        var current = new List<SqliteToken>();
        foreach (var token in Read(sql))
        {
            if (token.IsSymbol(';') && !IsWithinTrigger(current))
            {
                Close();
                continue;
            }
            current.Add(token);
        }
        Close();
        return statements;

        void Close()
        {
            if (current.Count > 0)
            {
                statements.Add([.. current]);
                current.Clear();
            }
        }
    }

    /// <summary>
    /// True if a statement is a trigger whose body has not ended. Each statement of the body ends with a
    /// semicolon, and only the trigger's END follows one.
    /// </summary>
    private static bool IsWithinTrigger(List<SqliteToken> statement) =>
        IsTrigger(statement) && !(statement[^1].Is("END") && statement[^2].IsSymbol(';'));

    private static bool IsTrigger(List<SqliteToken> statement)
    {
        var at = 0;
        at += Has("EXPLAIN") ? 1 : 0;
        at += Has("QUERY") ? 2 : 0;
        if (!Has("CREATE"))
        {
            return false;
        }
        at++;
        at += Has("TEMP") || Has("TEMPORARY") ? 1 : 0;
        return Has("TRIGGER");

        bool Has(string keyword) => at < statement.Count && statement[at].Is(keyword);
    }

    private static int Add(List<SqliteToken> tokens, string sql, int at)
    {
        var (kind, end) = SqliteScanner.Next(sql, at);
        var text = sql[at..end];
        tokens.Add(new SqliteToken(kind, text[0] is '"' or '`' or '[' ? Unquote(text) : text, at, end));
        return end;
    }

    private static string Unquote(string text)
    {
        var quote = text[0];
        var inner = text.Length > 1 && text[^1] == (quote == '[' ? ']' : quote) ? text[1..^1] : text[1..];
        return quote == '[' ? inner : inner.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
    }
}
