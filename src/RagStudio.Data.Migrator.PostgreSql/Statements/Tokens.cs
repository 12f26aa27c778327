namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>
/// Splits SQL into tokens, without whitespace and comments, as
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html describes them.
/// </summary>
internal static class Tokens
{
    public static IReadOnlyList<Token> Read(string sql)
    {
        var tokens = new List<Token>();
        for (var at = SkipBlank(sql, 0); at < sql.Length; at = SkipBlank(sql, at))
        {
            var (kind, end) = Next(sql, at);
            tokens.Add(new Token(kind, sql[at..end], at));
            at = end;
        }
        return tokens;
    }

    /// <summary>Splits a script at its semicolons. One that defines a function by statements is left whole.</summary>
    public static IReadOnlyList<string> Split(string sql)
    {
        var tokens = Read(sql);
        if (tokens.Any(token => token.Is("ATOMIC")))
        {
            return [sql];
        }
        var statements = new List<string>();
        var start = 0;
        foreach (var end in tokens.Where(token => token.Is(';')).Select(token => token.Start).Append(sql.Length))
        {
            if (tokens.Any(token => token.Start >= start && token.Start < end))
            {
                statements.Add(sql[start..end].Trim());
            }
            start = end + 1;
        }
        return statements;
    }

    private static (TokenKind Kind, int End) Next(string sql, int at) =>
        sql[at] switch
        {
            '\'' => (TokenKind.Literal, SkipQuoted(sql, at, '\'', hasEscapes: false)),
            '"' => (TokenKind.Quoted, SkipQuoted(sql, at, '"', hasEscapes: false)),
            'e' or 'E' when Peek(sql, at + 1) == '\'' => (
                TokenKind.Literal,
                SkipQuoted(sql, at + 1, '\'', hasEscapes: true)
            ),
            '$' when DollarTag(sql, at) is { } tag => (TokenKind.Literal, SkipDollar(sql, at, tag)),
            var c when IsWordStart(c) => (TokenKind.Word, SkipWord(sql, at)),
            _ => (TokenKind.Symbol, at + 1),
        };

    private static int SkipBlank(string sql, int at)
    {
        while (at < sql.Length)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
            }
            else if (sql[at] == '-' && Peek(sql, at + 1) == '-')
            {
                at = sql.IndexOf('\n', at) is >= 0 and var end ? end : sql.Length;
            }
            else if (sql[at] == '/' && Peek(sql, at + 1) == '*')
            {
                at = SkipComment(sql, at);
            }
            else
            {
                break;
            }
        }
        return at;
    }

    /// <summary>Comments are nested.</summary>
    private static int SkipComment(string sql, int at)
    {
        var depth = 0;
        do
        {
            if (sql[at] == '/' && Peek(sql, at + 1) == '*')
            {
                (depth, at) = (depth + 1, at + 2);
            }
            else if (sql[at] == '*' && Peek(sql, at + 1) == '/')
            {
                (depth, at) = (depth - 1, at + 2);
            }
            else
            {
                at++;
            }
        } while (depth > 0 && at < sql.Length);
        return at;
    }

    private static int SkipQuoted(string sql, int at, char quote, bool hasEscapes)
    {
        for (at++; at < sql.Length; at++)
        {
            if (hasEscapes && sql[at] == '\\')
            {
                at++;
            }
            else if (sql[at] == quote)
            {
                if (Peek(sql, at + 1) != quote)
                {
                    return at + 1;
                }
                at++;
            }
        }
        return sql.Length;
    }

    private static string? DollarTag(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }
        return Peek(sql, end) == '$' && !char.IsDigit(Peek(sql, at + 1)) ? sql[at..(end + 1)] : null;
    }

    private static int SkipDollar(string sql, int at, string tag) =>
        sql.IndexOf(tag, at + tag.Length, StringComparison.Ordinal) is >= 0 and var end ? end + tag.Length : sql.Length;

    private static int SkipWord(string sql, int at)
    {
        while (at < sql.Length && (IsWordStart(sql[at]) || char.IsDigit(sql[at]) || sql[at] == '$'))
        {
            at++;
        }
        return at;
    }

    private static bool IsWordStart(char c) => char.IsLetter(c) || c is '_' or > '\x7f';

    private static char Peek(string sql, int at) => at < sql.Length ? sql[at] : '\0';
}
