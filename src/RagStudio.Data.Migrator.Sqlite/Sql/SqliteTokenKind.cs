namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>The kinds of SQL tokens.</summary>
internal enum SqliteTokenKind
{
    /// <summary>A keyword or an unquoted name.</summary>
    Word,

    /// <summary>A quoted name; its text is without the quotes.</summary>
    Name,

    /// <summary>A string, a blob or a number; its text is unchanged.</summary>
    Literal,

    /// <summary>Anything else: an operator, a parenthesis, a parameter.</summary>
    Symbol,

    /// <summary>Not a token to SQLite: a string without an end, or a number followed by letters.</summary>
    Illegal,
}
