namespace RagStudio.Data.Cli;

/// <summary>The databases as the option <c>--database</c> and every report name them.</summary>
internal static class DatabaseNames
{
    public const string AppMeta = "app_meta";
    public const string Events = "events";

    /// <summary>The name of an application's database: its context's, with its namespace where another has the same.</summary>
    /// <param name="context">The context.</param>
    /// <param name="all">All contexts of the set.</param>
    public static string Of(Type context, IReadOnlyList<ContextType> all)
    {
        var isUnique = all.Count(other => other.Type.Name == context.Name) == 1;
        // The name becomes a file's name in every backup set.
        return string.Concat((isUnique ? context.Name : context.FullName!).Select(c => IsSafe(c) ? c : '_'));
    }

    /// <summary>Whether the migrator takes a name for a database.</summary>
    public static bool IsName(string text) => text.Length > 0 && text[0] != '.' && text.All(IsSafe);

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
