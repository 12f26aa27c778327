namespace RagStudio.Data.Migrator.Sqlite;

internal static class SqliteText
{
    /// <summary>An identifier as it may stand in SQL: https://sqlite.org/lang_keywords.html.</summary>
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
