namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>The sorts of tokens of SQL.</summary>
internal enum SqliteTokenKind
{
    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes; the text is without them.</summary>
    Name,

    /// <summary>A string, a blob or a number; the text is as it was written.</summary>
    Literal,

    /// <summary>Anything else: an operator, a bracket, a parameter.</summary>
    Symbol,

    /// <summary>What SQLite takes for no token: a string without an end, a number that goes on as a word.</summary>
    Illegal,
}
