namespace RagStudio.Data.Migrator.PostgreSql.Statements;

/// <summary>Quotes names and texts for SQL.</summary>
internal static class PostgreSqlText
{
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>An escape string means the same whatever <c>standard_conforming_strings</c> is.</summary>
    public static string Literal(string text) =>
        $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A statement in one line of at most a hundred characters, for people.</summary>
    public static string Shorten(string statement)
    {
        var line = string.Join(' ', statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 100 ? line : $"{line[..100]}…";
    }
}
