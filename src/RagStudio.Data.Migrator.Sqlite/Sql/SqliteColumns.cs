using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>Reads the definition of a new column: https://sqlite.org/syntax/column-def.html.</summary>
internal static class SqliteColumns
{
    /// <param name="name">The column.</param>
    /// <param name="tokens">The tokens after its name.</param>
    /// <returns>EF's equivalent operation, as far as it matters to existing rows.</returns>
    public static AddColumnOperation Read(string name, IReadOnlyList<SqliteToken> tokens) =>
        new()
        {
            Name = name,
            IsNullable = !IsNotNull(tokens),
            DefaultValueSql = Default(tokens),
            // Only the fact that it is computed matters here, not the expression.
            ComputedColumnSql = SqliteTokenGroups.IndexAtTop(tokens, "AS") < 0 ? null : "",
        };

    private static bool IsNotNull(IReadOnlyList<SqliteToken> tokens) =>
        SqliteTokenGroups.IndexesAtTop(tokens, "NOT").Any(at => tokens.ElementAtOrDefault(at + 1)?.Is("NULL") == true);

    /// <returns>The default; <see langword="null"/> if there is none or it is NULL.</returns>
    private static string? Default(IReadOnlyList<SqliteToken> tokens)
    {
        // A foreign key can say ON DELETE SET DEFAULT.
        var at = SqliteTokenGroups
            .IndexesAtTop(tokens, "DEFAULT")
            .FirstOrDefault(at => at == 0 || !tokens[at - 1].Is("SET"), -1);
        if (at < 0 || at + 1 >= tokens.Count)
        {
            return null;
        }
        IReadOnlyList<SqliteToken> value = tokens[at + 1].IsSymbol('(')
            ? SqliteTokenGroups.InBrackets(tokens, at + 1)
            : [.. tokens.Skip(at + 1).Take(tokens[at + 1].IsSymbol('-') || tokens[at + 1].IsSymbol('+') ? 2 : 1)];
        return value is [var only] && only.Is("NULL") ? null : SqliteConditions.Write(value);
    }
}
