namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>Compares names as SQLite does: case-insensitive for ASCII letters only.</summary>
internal sealed class SqliteNameComparer : IEqualityComparer<string>
{
    public static SqliteNameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && Lower(x).SequenceEqual(Lower(y)));

    public int GetHashCode(string obj) => obj.Aggregate(0, (hash, letter) => hash * 31 + Lower(letter));

    private static IEnumerable<char> Lower(string name) => name.Select(Lower);

    private static char Lower(char letter) => char.IsAsciiLetterUpper(letter) ? (char)(letter | ' ') : letter;
}
