namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// Finds the end of a token of SQL by the rules of SQLite's own tokenizer
/// (https://sqlite.org/src/file/src/tokenize.c), which differ from those of .NET: only five characters are
/// white space, and every character beyond ASCII is part of a word.
/// </summary>
internal static class SqliteScanner
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Characters that are symbol tokens or parts of one.</summary>
    private const string Symbols = "-+*/(),;.=<>!|&~%";

    /// <summary>
    /// The end of the white space or comment that begins here; <paramref name="at"/> if there is none.
    /// </summary>
    public static int Skip(string sql, int at) =>
        sql[at] is ' ' or '\t' or '\n' or '\f' or '\r' ? EndOfSpace(sql, at + 1)
        : sql[at] == ByteOrderMark ? at + 1
        : StartsWith(sql, at, "--") ? EndOf(sql, at, "\n")
        // At the very end of the text, SQLite reads it as a division.
        : StartsWith(sql, at, "/*") && at + 2 < sql.Length ? EndOf(sql, at + 2, "*/")
        : at;

    /// <summary>The kind of the token that begins here, and its end.</summary>
    public static (SqliteTokenKind Kind, int End) Next(string sql, int at) =>
        sql[at] switch
        {
            '\'' => Quoted(sql, at, SqliteTokenKind.Literal),
            '"' or '`' => Quoted(sql, at, SqliteTokenKind.Name),
            '[' => Bracketed(sql, at),
            'x' or 'X' when At(sql, at + 1) == '\'' => Blob(sql, at),
            '.' when char.IsAsciiDigit(At(sql, at + 1)) => Number(sql, at),
            '$' or '@' or ':' or '#' => Variable(sql, at),
            '?' => (SqliteTokenKind.Symbol, EndOfDigits(sql, at + 1, char.IsAsciiDigit)),
            var c when char.IsAsciiDigit(c) => Number(sql, at),
            var c when IsWord(c) => (SqliteTokenKind.Word, EndOfWord(sql, at)),
            '!' when At(sql, at + 1) != '=' => (SqliteTokenKind.Illegal, at + 1),
            var c => (Symbols.Contains(c) ? SqliteTokenKind.Symbol : SqliteTokenKind.Illegal, at + 1),
        };

    /// <summary>A vertical tab counts as white space only after other white space.</summary>
    private static int EndOfSpace(string sql, int at) => EndOf(sql, at, IsSpace);

    /// <summary>A doubled quote is an escaped quote.</summary>
    private static (SqliteTokenKind, int) Quoted(string sql, int at, SqliteTokenKind kind)
    {
        var quote = sql[at];
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] != quote)
            {
                continue;
            }
            if (At(sql, i + 1) != quote)
            {
                return (kind, i + 1);
            }
            i++;
        }
        return (SqliteTokenKind.Illegal, sql.Length);
    }

    private static (SqliteTokenKind, int) Bracketed(string sql, int at) =>
        sql.IndexOf(']', at) is var end and >= 0
            ? (SqliteTokenKind.Name, end + 1)
            : (SqliteTokenKind.Illegal, sql.Length);

    /// <summary>Pairs of hexadecimal digits. A doubled quote ends the blob and begins a string.</summary>
    private static (SqliteTokenKind, int) Blob(string sql, int at)
    {
        var end = EndOf(sql, at + 2, char.IsAsciiHexDigit);
        if (At(sql, end) == '\'' && (end - at) % 2 == 0)
        {
            return (SqliteTokenKind.Literal, end + 1);
        }
        end = sql.IndexOf('\'', end);
        return (SqliteTokenKind.Illegal, end < 0 ? sql.Length : end + 1);
    }

    private static (SqliteTokenKind, int) Number(string sql, int at)
    {
        var isHex = sql[at] == '0' && At(sql, at + 1) is 'x' or 'X' && char.IsAsciiHexDigit(At(sql, at + 2));
        var end = isHex ? EndOfDigits(sql, at + 2, char.IsAsciiHexDigit) : EndOfDecimal(sql, at);
        var whole = EndOfWord(sql, end);
        return (whole == end ? SqliteTokenKind.Literal : SqliteTokenKind.Illegal, whole);
    }

    private static int EndOfDecimal(string sql, int at)
    {
        var end = EndOfDigits(sql, at, char.IsAsciiDigit);
        if (At(sql, end) == '.')
        {
            end = EndOfDigits(sql, end + 1, char.IsAsciiDigit);
        }
        if (At(sql, end) is 'e' or 'E')
        {
            var digits = At(sql, end + 1) is '+' or '-' ? end + 2 : end + 1;
            end = char.IsAsciiDigit(At(sql, digits)) ? EndOfDigits(sql, digits, char.IsAsciiDigit) : end;
        }
        return end;
    }

    /// <summary>Digits may be separated by single underscores.</summary>
    private static int EndOfDigits(string sql, int at, Func<char, bool> isDigit)
    {
        while (isDigit(At(sql, at)) || (At(sql, at) == '_' && isDigit(At(sql, at + 1))))
        {
            at++;
        }
        return at;
    }

    /// <summary>A parameter, possibly with a Tcl name: <c>$a::b(c)</c>.</summary>
    private static (SqliteTokenKind, int) Variable(string sql, int at)
    {
        var (end, length) = (at + 1, 0);
        while (IsWord(At(sql, end)) || StartsWith(sql, end, "::"))
        {
            (end, length) = IsWord(sql[end]) ? (end + 1, length + 1) : (end + 2, length);
        }
        if (At(sql, end) != '(' || length == 0)
        {
            return (length > 0 ? SqliteTokenKind.Symbol : SqliteTokenKind.Illegal, end);
        }
        while (end < sql.Length && sql[end] != ')' && !IsSpace(sql[end]))
        {
            end++;
        }
        return At(sql, end) == ')' ? (SqliteTokenKind.Symbol, end + 1) : (SqliteTokenKind.Illegal, end);
    }

    private static int EndOfWord(string sql, int at) => EndOf(sql, at, IsWord);

    private static int EndOf(string sql, int at, Func<char, bool> isPart)
    {
        while (isPart(At(sql, at)))
        {
            at++;
        }
        return at;
    }

    private static int EndOf(string sql, int at, string end) =>
        sql.IndexOf(end, at, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : sql.Length;

    private static bool StartsWith(string sql, int at, string start) =>
        string.CompareOrdinal(sql, at, start, 0, start.Length) == 0;

    /// <summary>NUL beyond the end, because SQLite also stops at NUL.</summary>
    private static char At(string sql, int at) => at < sql.Length ? sql[at] : '\0';

    private static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or >= '\u0080';
}
