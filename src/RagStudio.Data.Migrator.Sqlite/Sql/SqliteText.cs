namespace RagStudio.Data.Migrator.Sqlite.Sql;

internal static class SqliteText
{
    /// <summary>An identifier as it may stand in SQL: https://sqlite.org/lang_keywords.html.</summary>
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as it may stand in SQL: https://sqlite.org/lang_expr.html#literal_values_constants_.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
