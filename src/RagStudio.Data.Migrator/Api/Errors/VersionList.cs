namespace RagStudio.Data.Migrator;

/// <summary>
/// Lists migrations in a message: the first few, and how many more there are. The exception's properties hold all of
/// them.
/// </summary>
internal static class VersionList
{
    private const int MaxNamed = 5;
    private const int NamedOfMore = 3;

    public static string Format(IReadOnlyList<string> versions) => Format(versions, ", ");

    public static string Format(IReadOnlyList<string> items, string separator) =>
        items.Count <= MaxNamed
            ? string.Join(separator, items)
            : $"{string.Join(separator, items.Take(NamedOfMore))}{separator}… and {items.Count - NamedOfMore} more";
}
