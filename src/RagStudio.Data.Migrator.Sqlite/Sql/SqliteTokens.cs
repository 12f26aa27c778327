namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Cuts SQL into its tokens, as SQLite does: https://sqlite.org/lang_keywords.html, https://sqlite.org/lang_expr.html.</summary>
internal static class SqliteTokens
{
    /// <summary>The tokens of a text, without white space and comments.</summary>
    public static IReadOnlyList<SqliteToken> Of(string sql)
    {
        var tokens = new List<SqliteToken>();
        for (var at = 0; at < sql.Length; )
        {
            at = Skip(sql, at) is var next && next > at ? next : Add(tokens, sql, at);
        }
        return tokens;
    }

    /// <summary>The same text for whatever differs only in white space, comments, quotes of names and case of names.</summary>
    public static string Canonical(string sql) => Canonical(Of(sql));

    /// <inheritdoc cref="Canonical(string)"/>
    public static string Canonical(IEnumerable<SqliteToken> tokens) =>
        string.Join(' ', tokens.Select(token => token.Canonical));

    /// <summary>The statements of a script; those within a trigger belong to the trigger.</summary>
    public static IReadOnlyList<IReadOnlyList<SqliteToken>> Statements(string sql)
    {
        var statements = new List<IReadOnlyList<SqliteToken>>();
        var current = new List<SqliteToken>();
        var depth = 0;
        foreach (var token in Of(sql))
        {
            if (token.IsSymbol(';') && depth == 0)
            {
                Close();
                continue;
            }
            depth += DepthOf(token, current);
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

    /// <summary>A trigger's body goes from BEGIN to END, and CASE has an END of its own.</summary>
    private static int DepthOf(SqliteToken token, List<SqliteToken> statement)
    {
        var isTrigger =
            statement.Count > 0 && statement[0].Is("CREATE") && statement.Take(4).Any(word => word.Is("TRIGGER"));
        return !isTrigger ? 0
            : token.Is("BEGIN") || token.Is("CASE") ? 1
            : token.Is("END") ? -1
            : 0;
    }

    /// <summary>The end of the white space or comment that begins here.</summary>
    private static int Skip(string sql, int at) =>
        char.IsWhiteSpace(sql[at]) ? at + 1
        : StartsWith(sql, at, "--") ? EndOf(sql, at, "\n")
        : StartsWith(sql, at, "/*") ? EndOf(sql, at + 2, "*/")
        : at;

    private static int Add(List<SqliteToken> tokens, string sql, int at)
    {
        var (kind, end) = sql[at] switch
        {
            '\'' => (SqliteTokenKind.Literal, EndOfQuoted(sql, at, '\'')),
            'x' or 'X' when at + 1 < sql.Length && sql[at + 1] == '\'' => (
                SqliteTokenKind.Literal,
                EndOfQuoted(sql, at + 1, '\'')
            ),
            '"' => (SqliteTokenKind.Name, EndOfQuoted(sql, at, '"')),
            '`' => (SqliteTokenKind.Name, EndOfQuoted(sql, at, '`')),
            '[' => (SqliteTokenKind.Name, EndOf(sql, at, "]")),
            var c when char.IsAsciiDigit(c) => (SqliteTokenKind.Literal, EndOfWord(sql, at)),
            var c when IsWord(c) => (SqliteTokenKind.Word, EndOfWord(sql, at)),
            _ => (SqliteTokenKind.Symbol, at + 1),
        };
        var text = sql[at..end];
        tokens.Add(new SqliteToken(kind, kind == SqliteTokenKind.Name ? Unquote(text) : text));
        return end;
    }

    private static string Unquote(string text)
    {
        var quote = text[0];
        var inner = text.Length > 1 && text[^1] == (quote == '[' ? ']' : quote) ? text[1..^1] : text[1..];
        return quote == '[' ? inner : inner.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
    }

    /// <summary>A doubled quote stands for itself.</summary>
    private static int EndOfQuoted(string sql, int at, char quote)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] != quote)
            {
                continue;
            }
            if (i + 1 < sql.Length && sql[i + 1] == quote)
            {
                i++;
                continue;
            }
            return i + 1;
        }
        return sql.Length;
    }

    private static int EndOfWord(string sql, int at)
    {
        while (at < sql.Length && (IsWord(sql[at]) || (sql[at] == '.' && char.IsAsciiDigit(sql[at - 1]))))
        {
            at++;
        }
        return at;
    }

    private static int EndOf(string sql, int at, string end) =>
        sql.IndexOf(end, at, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : sql.Length;

    private static bool StartsWith(string sql, int at, string start) =>
        string.CompareOrdinal(sql, at, start, 0, start.Length) == 0;

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' || c > 127;
}
