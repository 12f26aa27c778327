using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// The properties of a table that no pragma reports, from the text of its definition:
/// https://sqlite.org/lang_createtable.html. SQLite itself updates that text when columns are added, dropped
/// or renamed.
/// </summary>
internal sealed class SqliteTableText
{
    private readonly Dictionary<string, IReadOnlyList<SqliteToken>> _columns = new(StringComparer.OrdinalIgnoreCase);

    private SqliteTableText(IReadOnlyList<SqliteToken> tokens)
    {
        foreach (var part in SqliteTokenGroups.Split(tokens))
        {
            Checks.AddRange(ChecksOf(part));
            // A quoted name is never a keyword, so a part that begins with a constraint's keyword is a constraint.
            if (part.Count > 0 && part[0].IsName)
            {
                _columns.TryAdd(part[0].Text, part);
            }
        }
        IsAutoincrement = tokens.Any(token => token.Is("AUTOINCREMENT"));
    }

    /// <summary>The canonical expressions of the check constraints, those of columns and of the table.</summary>
    public List<string> Checks { get; } = [];

    /// <summary>True if ids are never reused.</summary>
    public bool IsAutoincrement { get; }

    public static SqliteTableText Parse(string sql) => new(SqliteTokens.Read(sql));

    /// <summary>The collation of a column; <see langword="null"/> if it is the default.</summary>
    public string? CollationOf(string column)
    {
        var part = _columns.GetValueOrDefault(column) ?? [];
        var at = SqliteTokenGroups.IndexAtTop(part, "COLLATE");
        var name = at >= 0 && at + 1 < part.Count ? part[at + 1].Text.ToUpperInvariant() : "BINARY";
        return name == "BINARY" ? null : name;
    }

    /// <summary>The canonical expression of a generated column: https://sqlite.org/gencol.html.</summary>
    public string? ExpressionOf(string column)
    {
        var part = _columns.GetValueOrDefault(column) ?? [];
        var at = SqliteTokenGroups.IndexAtTop(part, "AS");
        return at < 0 ? null : SqliteTokens.Canonical(SqliteTokenGroups.InBrackets(part, at + 1));
    }

    private static IEnumerable<string> ChecksOf(IReadOnlyList<SqliteToken> part) =>
        SqliteTokenGroups
            .IndexesAtTop(part, "CHECK")
            .Select(at => SqliteTokens.Canonical(SqliteTokenGroups.InBrackets(part, at + 1)));
}
