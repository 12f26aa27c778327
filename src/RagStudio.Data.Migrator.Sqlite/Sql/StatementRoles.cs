using System.Collections.Frozen;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// Classifies statements by their effect on a transaction: https://sqlite.org/lang.html,
/// https://sqlite.org/pragma.html. The first word is enough, because SQLite's grammar decides by it.
/// </summary>
internal static class StatementRoles
{
    /// <summary>The pragmas that behave the same within a transaction. An unknown one may do anything.</summary>
    private static readonly FrozenSet<string> HarmlessPragmas = FrozenSet.ToFrozenSet(
        [
            "analysis_limit",
            "application_id",
            "busy_timeout",
            "cache_size",
            "case_sensitive_like",
            "collation_list",
            "compile_options",
            "data_version",
            "database_list",
            "foreign_key_check",
            "foreign_key_list",
            "freelist_count",
            "function_list",
            "ignore_check_constraints",
            "index_info",
            "index_list",
            "index_xinfo",
            "integrity_check",
            "legacy_alter_table",
            "module_list",
            "optimize",
            "page_count",
            "pragma_list",
            "quick_check",
            "recursive_triggers",
            "reverse_unordered_selects",
            "table_info",
            "table_list",
            "table_xinfo",
            "user_version",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    public static StatementRole Classify(IReadOnlyList<SqliteToken> statement)
    {
        if (statement.Any(token => token.Kind == SqliteTokenKind.Illegal))
        {
            return StatementRole.OutsideOnly;
        }
        return statement[0] switch
        {
            var first when first.Is("BEGIN") && IsPlainBegin(statement) => StatementRole.Begin,
            var first when first.IsAny("COMMIT", "END") && IsTransaction(statement, 1) => StatementRole.Commit,
            var first when first.Is("PRAGMA") => OfPragma(NameOfPragma(statement)),
            var first when first.Is("EXPLAIN") => ClassifyExplained(statement),
            var first when IsPlain(first) => StatementRole.Plain,
            _ => StatementRole.OutsideOnly,
        };
    }

    /// <summary>True if it ends or splits a transaction in a way that only SQLite itself can follow.</summary>
    public static bool ControlsTransaction(IReadOnlyList<SqliteToken> statement) =>
        statement[0].IsAny("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE")
        || statement.Any(token => token.Kind == SqliteTokenKind.Illegal);

    private static bool IsPlain(SqliteToken first) =>
        first.IsAny("SELECT", "VALUES", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE")
        || first.IsAny("CREATE", "DROP", "ALTER", "ANALYZE", "REINDEX");

    /// <summary>EXPLAIN runs nothing, but some pragmas act as soon as they are prepared.</summary>
    private static StatementRole ClassifyExplained(IReadOnlyList<SqliteToken> statement) =>
        statement.Skip(1).SkipWhile(token => token.IsAny("QUERY", "PLAN")).FirstOrDefault() is { } explained
        && IsPlain(explained)
            ? StatementRole.Plain
            : StatementRole.OutsideOnly;

    private static StatementRole OfPragma(string? name) =>
        name is null ? StatementRole.OutsideOnly
        : name.Equals("foreign_keys", StringComparison.OrdinalIgnoreCase) ? StatementRole.ForeignKeys
        : HarmlessPragmas.Contains(name) ? StatementRole.Plain
        : StatementRole.OutsideOnly;

    /// <summary>The pragma's name, without its schema. SQLite also accepts strings as names.</summary>
    private static string? NameOfPragma(IReadOnlyList<SqliteToken> statement)
    {
        var at = new SqliteCursor(statement);
        at.Skip("PRAGMA");
        var name = at.ReadName();
        return at.SkipSymbol('.') ? at.ReadName() : name;
    }

    /// <summary><c>BEGIN [DEFERRED | IMMEDIATE | EXCLUSIVE] [TRANSACTION [name]]</c></summary>
    private static bool IsPlainBegin(IReadOnlyList<SqliteToken> statement)
    {
        var kind = statement.Count > 1 && statement[1].IsAny("DEFERRED", "IMMEDIATE", "EXCLUSIVE") ? 1 : 0;
        return IsTransaction(statement, 1 + kind);
    }

    private static bool IsTransaction(IReadOnlyList<SqliteToken> statement, int at) =>
        statement.Count == at
        || (
            statement[at].Is("TRANSACTION")
            && (statement.Count == at + 1 || (statement.Count == at + 2 && statement[at + 1].IsName))
        );
}
