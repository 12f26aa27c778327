using System.Text;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// Extracts the condition of a DELETE, to count the rows that it matches:
/// https://sqlite.org/lang_delete.html.
/// </summary>
internal static class SqliteConditions
{
    private static readonly string[] Ends = ["RETURNING", "ORDER", "LIMIT"];

    /// <param name="tokens">The tokens after the table's name.</param>
    /// <returns>
    /// The condition; <see langword="null"/> if it has no meaning outside its statement, for example because
    /// of an alias or a limit.
    /// </returns>
    public static string? Read(IReadOnlyList<SqliteToken> tokens)
    {
        if (tokens.Count < 2 || !tokens[0].Is("WHERE"))
        {
            return null;
        }
        var ends = Ends.Select(end => SqliteTokenGroups.IndexAtTop(tokens, end)).ToArray();
        if (
            ends[1] >= 0
            || ends[2] >= 0
            || tokens.Any(token => IsParameter(token) || token.Kind == SqliteTokenKind.Illegal)
        )
        {
            return null;
        }
        return Write([.. tokens.Take(ends[0] < 0 ? tokens.Count : ends[0]).Skip(1)]);
    }

    private static bool IsParameter(SqliteToken token) =>
        token.Kind == SqliteTokenKind.Symbol && token.Text[0] is '?' or '@' or ':' or '$' or '#';

    /// <summary>Writes tokens back as SQL. Adjacent symbols can form one operator.</summary>
    internal static string? Write(IReadOnlyList<SqliteToken> tokens)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (var at = 0; at < tokens.Count; at++)
        {
            depth += tokens[at].Depth;
            if (depth < 0)
            {
                return null;
            }
            if (at > 0 && !IsJoined(tokens[at - 1], tokens[at]))
            {
                text.Append(' ');
            }
            text.Append(tokens[at].Kind == SqliteTokenKind.Name ? SqliteText.Quote(tokens[at].Text) : tokens[at].Text);
        }
        return depth == 0 ? text.ToString() : null;
    }

    /// <summary>True if two tokens must be joined without a space. They must never form a comment.</summary>
    private static bool IsJoined(SqliteToken one, SqliteToken other) =>
        one.IsSymbol('.')
        || other.IsSymbol('.')
        || (
            one.Kind == SqliteTokenKind.Symbol
            && other.Kind == SqliteTokenKind.Symbol
            && (one.Text + other.Text) is not ("--" or "/*")
        );
}
