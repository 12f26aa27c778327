using System.Text;

namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>
/// A statement by its tokens, as far as it cannot run in a transaction. PostgreSQL's list of those is closed:
/// each of them calls PreventInTransactionBlock.
/// </summary>
internal sealed class OutsideStatement
{
    private readonly IReadOnlyList<Token> _tokens;

    private OutsideStatement(string sql, IReadOnlyList<Token> tokens) =>
        (Sql, _tokens, Kind) = (sql, tokens, Classify(tokens));

    public string Sql { get; }

    public OutsideKind Kind { get; }

    public bool IsUnique => _tokens.Count > 1 && _tokens[1].Is("UNIQUE");

    /// <summary>The value that the statement adds to an enum.</summary>
    public EnumValue? EnumValue
    {
        get
        {
            var value = Enumerable.Range(0, _tokens.Count).FirstOrDefault(i => _tokens[i].Is("VALUE"), -1);
            if (Kind != OutsideKind.EnumValue || NameAt(2) is not { } type)
            {
                return null;
            }
            var literals = _tokens.Skip(value).Where(token => token.Kind == TokenKind.Literal).ToArray();
            return literals is [var label, ..]
                ? new EnumValue(
                    type,
                    label.LiteralText,
                    _tokens[value + 1].Is("IF"),
                    literals is [_, var neighbor] ? neighbor.LiteralText : null,
                    _tokens.Any(token => token.Is("BEFORE"))
                )
                : null;
        }
    }

    /// <summary>The name of the index, as written; <see langword="null"/> if the statement names none.</summary>
    public string? Index =>
        Kind is OutsideKind.CreateIndex or OutsideKind.DropIndex ? NameAt(AfterConcurrently()) : null;

    /// <summary>The name of the index as the catalog has it, without a schema.</summary>
    public string? IndexName => Index is { } index ? Identifier(Tokens.Read(index)[^1]) : null;

    /// <summary>What REINDEX CONCURRENTLY rebuilds, such as INDEX or TABLE, and its name; <see langword="null"/> for any other statement.</summary>
    public (string What, string? Name)? Rebuilt
    {
        get
        {
            if (!_tokens[0].Is("REINDEX") || !_tokens.Any(token => token.Is("CONCURRENTLY")))
            {
                return null;
            }
            var what = _tokens.Count > 1 && _tokens[1].Is('(') ? Close(1) + 1 : 1;
            var name = what + 1 < _tokens.Count && _tokens[what + 1].Is("CONCURRENTLY") ? what + 2 : what + 1;
            return what < _tokens.Count ? (_tokens[what].Text.ToUpperInvariant(), NameAt(name)) : null;
        }
    }

    /// <summary>The new index in the schema of its table, which is where PostgreSQL creates it.</summary>
    public string? QualifiedIndex =>
        (Index, Table) switch
        {
            ({ } index, { } table) => table[..Tokens.Read(table)[^1].Start] + index,
            _ => null,
        };

    /// <summary>The table of a new index, as written.</summary>
    public string? Table => On() is >= 0 and var on ? NameAt(_tokens[on + 1].Is("ONLY") ? on + 2 : on + 1) : null;

    /// <summary>True if the statement concerns more than its database, which a scratch database cannot replace.</summary>
    public bool ReachesServer =>
        _tokens is [var verb, var what, ..]
        && IsAny(verb, "CREATE", "ALTER", "DROP")
        && (
            IsAny(what, "DATABASE", "TABLESPACE", "SUBSCRIPTION", "SYSTEM", "ROLE", "GROUP")
            || (what.Is("USER") && !(_tokens is [_, _, var mapping, ..] && mapping.Is("MAPPING")))
        );

    /// <summary>True if the statement leaves the schema of its database as it is.</summary>
    public bool LeavesSchema => Kind == OutsideKind.Maintenance || ReachesServer;

    /// <summary>What a kill in a statement that nobody can repeat leaves.</summary>
    public string LeftByKill =>
        ReachesServer
            ? "it done, half done or not done, and no run can tell which"
            : "the partition half detached, which ALTER TABLE … DETACH PARTITION … FINALIZE completes";

    /// <summary>The same statement for a table that nobody else knows yet.</summary>
    public string WithoutConcurrently
    {
        get
        {
            var word = _tokens.First(token => token.Is("CONCURRENTLY"));
            return Sql[..word.Start] + Sql[word.End..];
        }
    }

    /// <summary>The statement with a name for its index, which it does not give.</summary>
    public OutsideStatement Named(string index)
    {
        var word = _tokens.First(token => token.Is("CONCURRENTLY"));
        return Read($"{Sql[..word.End]} {PostgreSqlText.Quote(index)}{Sql[word.End..]}");
    }

    /// <summary>The same new index on another table, under the name that PostgreSQL chooses.</summary>
    /// <param name="schema">The schema of the other table.</param>
    /// <param name="table">The other table.</param>
    public string On(string schema, string table)
    {
        var word = _tokens.First(token => token.Is("CONCURRENTLY"));
        var name = _tokens[On() + 1].Is("ONLY") ? On() + 2 : On() + 1;
        return $"{Sql[..word.Start]}ON {PostgreSqlText.Quote(schema, table)}{WithColumnsOf(table, EndOfName(name))}";
    }

    /// <summary>The rest of the statement, in which columns that name their table name another.</summary>
    private string WithColumnsOf(string table, int after)
    {
        var own = Identifier(_tokens[after]);
        var rest = new StringBuilder();
        var copied = _tokens[after].End;
        for (var at = after + 1; at + 2 < _tokens.Count; at++)
        {
            var end = EndOfName(at);
            // A schema before the table; what is called is a function, in a schema that has the table's name.
            var qualifier = end > at ? end - 2 : at;
            if (end == at && _tokens[at + 1].Is('.') && _tokens[at + 2].Is('*'))
            {
                (qualifier, end) = (at, at + 2);
            }
            if (
                end > qualifier
                && IsName(_tokens[at])
                && Identifier(_tokens[qualifier]) == own
                && !(end + 1 < _tokens.Count && _tokens[end + 1].Is('('))
            )
            {
                rest.Append(Sql, copied, _tokens[at].Start - copied).Append(PostgreSqlText.Quote(table));
                copied = _tokens[qualifier].End;
            }
            at = end;
        }
        return rest.Append(Sql, copied, Sql.Length - copied).ToString();
    }

    public static OutsideStatement Read(string sql) => new(sql, Tokens.Read(sql));

    /// <summary>
    /// A query that counts the groups of rows that a unique index would refuse; <see langword="null"/> if the statement
    /// creates none.
    /// </summary>
    public string? CountDuplicates()
    {
        if (Kind != OutsideKind.CreateIndex || !IsUnique || Table is not { } table)
        {
            return null;
        }
        var open = Enumerable.Range(On(), _tokens.Count - On()).First(i => _tokens[i].Is('('));
        var close = Close(open);
        string[] keys = [.. Keys(open, close)];
        var rest = _tokens.Skip(close + 1).ToArray();
        var where = Array.FindIndex(rest, token => token.Is("WHERE"));
        var nullsAreEqual = HasNullsNotDistinct(rest);
        string[] conditions =
        [
            .. where < 0 ? [] : new[] { $"({Sql[rest[where].End..].TrimEnd().TrimEnd(';')}\n)" },
            .. nullsAreEqual ? [] : keys.Select(key => $"{key} IS NOT NULL"),
        ];
        var condition = conditions.Length == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        return $"SELECT count(*) FROM (SELECT FROM {table}{condition} GROUP BY {string.Join(", ", keys)} HAVING count(*) > 1) AS duplicates";
    }

    private static OutsideKind Classify(IReadOnlyList<Token> tokens)
    {
        bool Begins(params ReadOnlySpan<string> words)
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (i >= tokens.Count || !tokens[i].Is(words[i]))
                {
                    return false;
                }
            }
            return true;
        }
        var concurrently = tokens.Any(token => token.Is("CONCURRENTLY"));
        return Begins("ALTER", "TYPE") && HasPair(tokens, "ADD", "VALUE") ? OutsideKind.EnumValue
            : concurrently && (Begins("CREATE", "INDEX") || Begins("CREATE", "UNIQUE", "INDEX"))
                ? OutsideKind.CreateIndex
            : concurrently && Begins("DROP", "INDEX") ? OutsideKind.DropIndex
            : Begins("VACUUM") || Begins("CLUSTER") || Begins("REINDEX") || IsSetting(tokens) ? OutsideKind.Maintenance
            : (concurrently && Begins("ALTER", "TABLE") && HasPair(tokens, "DETACH", "PARTITION"))
            || IsServerObject(tokens)
                ? OutsideKind.Unrepeatable
            : EndsTransaction(tokens) ? OutsideKind.TransactionControl
            : OutsideKind.Inside;
    }

    /// <summary>A setting of the server, and the table space of a database: set again, they are the same.</summary>
    private static bool IsSetting(IReadOnlyList<Token> tokens) =>
        tokens is [var alter, var what, ..]
        && alter.Is("ALTER")
        && (what.Is("SYSTEM") || (what.Is("DATABASE") && HasPair(tokens, "SET", "TABLESPACE")));

    /// <summary>
    /// Databases, table spaces and subscriptions. Everything else about a database or a table space can be altered in a
    /// transaction; DROP IF EXISTS, repeated, would drop what was created meanwhile.
    /// </summary>
    private static bool IsServerObject(IReadOnlyList<Token> tokens) =>
        tokens is [var verb, var what, ..]
        && (
            (IsAny(verb, "CREATE", "DROP") && IsAny(what, "DATABASE", "TABLESPACE"))
            || (IsAny(verb, "CREATE", "ALTER", "DROP") && what.Is("SUBSCRIPTION"))
        );

    private static bool EndsTransaction(IReadOnlyList<Token> tokens) =>
        tokens is [var first, ..]
        && (
            IsAny(first, "BEGIN", "START", "COMMIT", "END", "ABORT")
            || (first.Is("ROLLBACK") && !tokens.Any(token => token.Is("TO")))
            || (first.Is("PREPARE") && tokens is [_, var what, ..] && what.Is("TRANSACTION"))
            // It releases the lock of the run.
            || (first.Is("DISCARD") && tokens is [_, var all, ..] && all.Is("ALL"))
        );

    private static bool IsAny(Token token, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (token.Is(word))
            {
                return true;
            }
        }
        return false;
    }

    private static bool HasPair(IReadOnlyList<Token> tokens, string first, string second) =>
        Enumerable.Range(0, Math.Max(0, tokens.Count - 1)).Any(i => tokens[i].Is(first) && tokens[i + 1].Is(second));

    private static bool HasNullsNotDistinct(Token[] rest) =>
        Enumerable
            .Range(0, Math.Max(0, rest.Length - 2))
            .Any(i => rest[i].Is("NULLS") && rest[i + 1].Is("NOT") && rest[i + 2].Is("DISTINCT"));

    private int On() => Enumerable.Range(0, _tokens.Count).FirstOrDefault(i => _tokens[i].Is("ON"), -1);

    private int AfterConcurrently()
    {
        var next = Enumerable.Range(0, _tokens.Count).First(i => _tokens[i].Is("CONCURRENTLY")) + 1;
        while (next < _tokens.Count && IsAny(_tokens[next], "IF", "NOT", "EXISTS"))
        {
            next++;
        }
        return next;
    }

    /// <summary>Reads a name with the schema before it.</summary>
    private string? NameAt(int at)
    {
        if (at >= _tokens.Count || !IsName(_tokens[at]) || _tokens[at].Is("ON"))
        {
            return null;
        }
        return string.Concat(_tokens.Skip(at).Take(EndOfName(at) - at + 1).Select(token => token.Text));
    }

    private int EndOfName(int at)
    {
        while (at + 2 < _tokens.Count && _tokens[at + 1].Is('.') && IsName(_tokens[at + 2]))
        {
            at += 2;
        }
        return at;
    }

    /// <summary>A name as the catalog has it.</summary>
    private static string Identifier(Token name) =>
        name.Kind == TokenKind.Quoted
            ? name.Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
            : name.Text.ToLowerInvariant();

    private static bool IsName(Token token) => token.Kind is TokenKind.Word or TokenKind.Quoted;

    /// <summary>
    /// Reads the expressions of an index without what follows each of them: a collation, an operator class, an order.
    /// </summary>
    private IEnumerable<string> Keys(int open, int close)
    {
        for (var at = open + 1; at < close; at++)
        {
            var first = at;
            at = EndOfKey(at);
            yield return Sql[_tokens[first].Start.._tokens[at].End];
            while (at < close && !_tokens[at].Is(','))
            {
                at = _tokens[at].Is('(') ? Close(at) + 1 : at + 1;
            }
        }
    }

    /// <summary>A column, a call of a function, or an expression in parentheses.</summary>
    private int EndOfKey(int at)
    {
        while (IsName(_tokens[at]) && _tokens[at + 1].Is('.'))
        {
            at += 2;
        }
        return _tokens[at].Is('(') ? Close(at)
            : _tokens[at + 1].Is('(') ? Close(at + 1)
            : at;
    }

    private int Close(int open)
    {
        var depth = 0;
        for (var i = open; i < _tokens.Count; i++)
        {
            depth +=
                _tokens[i].Is('(') ? 1
                : _tokens[i].Is(')') ? -1
                : 0;
            if (depth == 0)
            {
                return i;
            }
        }
        return _tokens.Count - 1;
    }
}
