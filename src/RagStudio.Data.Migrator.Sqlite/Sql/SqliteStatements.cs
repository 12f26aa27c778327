using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// Reads the effects of statements on tables, as far as a plan needs them: https://sqlite.org/lang.html.
/// </summary>
internal static class SqliteStatements
{
    public static IReadOnlyList<SqlStatement> Read(string sql) =>
        [.. SqliteTokens.Statements(sql).Select(statement => Read(new SqliteCursor(statement)))];

    private static SqlStatement Read(SqliteCursor at)
    {
        var isWith = at.Skip("WITH");
        if (isWith)
        {
            at.SkipTo(token => IsMain(token));
        }
        return at switch
        {
            _ when at.Skip("UPDATE") => Update(at),
            _ when at.Skip("DELETE") => Delete(at, isWith),
            _ when at.Skip("INSERT") || at.Skip("REPLACE") => Insert(at),
            _ when at.Skip("DROP") => Drop(at),
            _ when at.Skip("CREATE") => Create(at),
            _ when at.Skip("ALTER") => Alter(at),
            _ => Other,
        };
    }

    private static SqlStatement Other { get; } = new(SqlStatementKind.Other);

    private static bool IsMain(SqliteToken token) =>
        token.Is("SELECT") || token.Is("UPDATE") || token.Is("DELETE") || token.Is("INSERT") || token.Is("REPLACE");

    private static SqlStatement Update(SqliteCursor at)
    {
        SkipConflict(at);
        return Of(SqlStatementKind.Update, at) with { HasWhere = at.SkipTo(token => token.Is("WHERE")) };
    }

    private static SqlStatement Delete(SqliteCursor at, bool isWith)
    {
        at.Skip("FROM");
        var statement = Of(SqlStatementKind.Delete, at);
        return statement with
        {
            // A name that WITH defines exists only within the statement.
            Condition = isWith ? null : SqliteConditions.Read(at.Rest),
            HasWhere = at.SkipTo(token => token.Is("WHERE")),
        };
    }

    /// <summary>An insertion says something about existing rows only if it copies them from another table.</summary>
    private static SqlStatement Insert(SqliteCursor at)
    {
        SkipConflict(at);
        at.Skip("INTO");
        if (at.ReadTable() is not { } target || at.Sources() is not { Count: > 0 } sources)
        {
            return Other;
        }
        var isOuter = at.SkipTo(token => token.Is("SELECT")) && at.SkipTo(token => token.Is("FROM")) && at.Skip("FROM");
        return new SqlStatement(SqlStatementKind.CopyRows, (isOuter ? at.ReadTable() : null) ?? sources[0], target)
        {
            Sources = sources,
        };
    }

    private static SqlStatement Drop(SqliteCursor at)
    {
        var kind =
            at.Skip("TABLE") ? SqlStatementKind.DropTable
            : at.Skip("VIEW") ? SqlStatementKind.DropView
            : at.Skip("TRIGGER") ? SqlStatementKind.DropTrigger
            : at.Skip("INDEX") ? SqlStatementKind.DropIndex
            : SqlStatementKind.Other;
        _ = at.Skip("IF") && at.Skip("EXISTS");
        return kind switch
        {
            SqlStatementKind.Other => Other,
            SqlStatementKind.DropTrigger or SqlStatementKind.DropIndex => at.ReadTable() is { } name
                ? new SqlStatement(kind, Name: name)
                : Other,
            _ => Of(kind, at),
        };
    }

    private static SqlStatement Create(SqliteCursor at)
    {
        var isTemporary = at.Skip("TEMP") || at.Skip("TEMPORARY");
        at.Skip("VIRTUAL");
        at.Skip("UNIQUE");
        var kind =
            at.Skip("TABLE") ? SqlStatementKind.CreateTable
            : at.Skip("VIEW") ? SqlStatementKind.CreateView
            : at.Skip("TRIGGER") ? SqlStatementKind.CreateTrigger
            : at.Skip("INDEX") ? SqlStatementKind.CreateIndex
            : SqlStatementKind.Other;
        var mustBeNew = !at.Skip("IF") && !isTemporary;
        _ = at.Skip("NOT") && at.Skip("EXISTS");
        return kind switch
        {
            SqlStatementKind.Other => Other,
            SqlStatementKind.CreateTable => Of(kind, at) with
            {
                Sources = at.Sources(),
                IsTemporary = isTemporary,
                MustBeNew = mustBeNew,
            },
            _ when isTemporary => Other,
            SqlStatementKind.CreateTrigger => CreateOn(kind, at),
            SqlStatementKind.CreateIndex => CreateOn(kind, at) with { MustBeNew = mustBeNew },
            _ => Of(kind, at) with { MustBeNew = mustBeNew },
        };
    }

    private static SqlStatement CreateOn(SqlStatementKind kind, SqliteCursor at) =>
        at.ReadTable() is { } name && at.SkipTo(token => token.Is("ON")) && at.Skip("ON")
            ? Of(kind, at) with
            {
                Name = name,
            }
            : Other;

    private static SqlStatement Alter(SqliteCursor at) =>
        !at.Skip("TABLE") || at.ReadTable() is not { } table ? Other
        : at.Skip("ADD") ? Column(SqlStatementKind.AddColumn, at, table)
        : at.Skip("DROP") ? Column(SqlStatementKind.DropColumn, at, table)
        : at.Skip("RENAME") ? Rename(at, table)
        : Other;

    private static SqlStatement Column(SqlStatementKind kind, SqliteCursor at, string table)
    {
        if (at.Skip("CONSTRAINT") || at.Skip("CHECK"))
        {
            return Other;
        }
        at.Skip("COLUMN");
        var column = at.ReadName();
        return new SqlStatement(kind, table, column)
        {
            NewColumn =
                column is null || kind != SqlStatementKind.AddColumn ? null : SqliteColumns.Read(column, at.Rest),
        };
    }

    private static SqlStatement Rename(SqliteCursor at, string table)
    {
        if (at.Skip("TO"))
        {
            return new SqlStatement(SqlStatementKind.RenameTable, table, at.ReadName());
        }
        at.Skip("COLUMN");
        var column = at.ReadName();
        at.Skip("TO");
        return new SqlStatement(SqlStatementKind.RenameColumn, table, column, at.ReadName());
    }

    /// <summary>Skips <c>OR IGNORE</c> and similar clauses.</summary>
    private static void SkipConflict(SqliteCursor at)
    {
        if (at.Skip("OR"))
        {
            at.ReadName();
        }
    }

    private static SqlStatement Of(SqlStatementKind kind, SqliteCursor at) =>
        at.ReadTable() is { } table ? new SqlStatement(kind, table) : Other;
}
