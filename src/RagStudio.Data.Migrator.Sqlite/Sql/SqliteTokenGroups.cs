namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>Groups tokens by parentheses.</summary>
internal static class SqliteTokenGroups
{
    /// <summary>
    /// The items between the commas of the first parentheses, for example the columns and constraints of a
    /// table.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<SqliteToken>> Split(IReadOnlyList<SqliteToken> tokens)
    {
        var parts = new List<IReadOnlyList<SqliteToken>>();
        var current = new List<SqliteToken>();
        var depth = 0;
        foreach (var token in InBrackets([.. tokens.SkipWhile(token => !token.IsSymbol('('))], open: 0))
        {
            depth += token.Depth;
            if (depth == 0 && token.IsSymbol(','))
            {
                parts.Add(current);
                current = [];
                continue;
            }
            current.Add(token);
        }
        return [.. parts, current];
    }

    /// <summary>The tokens within the parentheses that open at an index; empty if none open there.</summary>
    public static IReadOnlyList<SqliteToken> InBrackets(IReadOnlyList<SqliteToken> tokens, int open)
    {
        if (open < 0 || open >= tokens.Count || !tokens[open].IsSymbol('('))
        {
            return [];
        }
        var inner = new List<SqliteToken>();
        var depth = 1;
        for (var at = open + 1; at < tokens.Count; at++)
        {
            depth += tokens[at].Depth;
            if (depth == 0)
            {
                break;
            }
            inner.Add(tokens[at]);
        }
        return inner;
    }

    /// <summary>The index of a keyword outside parentheses; -1 if there is none.</summary>
    public static int IndexAtTop(IReadOnlyList<SqliteToken> tokens, string keyword) =>
        IndexesAtTop(tokens, keyword).FirstOrDefault(-1);

    /// <summary>The indexes of a keyword outside parentheses.</summary>
    public static IEnumerable<int> IndexesAtTop(IReadOnlyList<SqliteToken> tokens, string keyword)
    {
        var depth = 0;
        for (var at = 0; at < tokens.Count; at++)
        {
            depth += tokens[at].Depth;
            if (depth == 0 && tokens[at].Is(keyword))
            {
                yield return at;
            }
        }
    }
}
