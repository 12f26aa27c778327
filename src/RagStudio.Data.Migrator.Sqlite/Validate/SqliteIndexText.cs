using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// The properties of an index that no pragma reports, from the text of its definition:
/// https://sqlite.org/lang_createindex.html.
/// </summary>
internal sealed class SqliteIndexText
{
    private readonly IReadOnlyList<IReadOnlyList<SqliteToken>> _columns;

    private SqliteIndexText(IReadOnlyList<SqliteToken> tokens)
    {
        _columns = SqliteTokenGroups.Split(tokens);
        var where = SqliteTokenGroups.IndexAtTop(tokens, "WHERE");
        Filter = where < 0 ? null : SqliteTokens.Canonical(tokens.Skip(where + 1));
    }

    /// <summary>The canonical condition of a partial index.</summary>
    public string? Filter { get; }

    public static SqliteIndexText Parse(string sql) => new(SqliteTokens.Read(sql));

    /// <summary>The canonical expression at a position of the index; its order comes from a pragma.</summary>
    public string ExpressionAt(int place)
    {
        var part = _columns[place];
        var hasOrder = part.Count > 0 && (part[^1].Is("ASC") || part[^1].Is("DESC"));
        return SqliteTokens.Canonical(hasOrder ? part.SkipLast(1) : part);
    }
}
