namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>The kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>A keyword, or a name that is not quoted.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    Quoted,

    /// <summary>A text, whatever its form.</summary>
    Literal,

    /// <summary>Anything else, one character each.</summary>
    Symbol,
}
