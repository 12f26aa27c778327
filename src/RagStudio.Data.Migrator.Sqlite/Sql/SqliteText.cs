namespace RagStudio.Data.Migrator.Sqlite.Sql;

internal static class SqliteText
{
    /// <summary>Quotes an identifier for use in SQL: https://sqlite.org/lang_keywords.html.</summary>
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Quotes a string for use in SQL: https://sqlite.org/lang_expr.html#literal_values_constants_.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
