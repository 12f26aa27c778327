namespace RagStudio.Data.Cli;

/// <summary>The databases' names in the option <c>--database</c> and in every report.</summary>
internal static class DatabaseNames
{
    public const string AppMeta = "app_meta";
    public const string Events = "events";

    /// <summary>
    /// Derives the name of an application's database from its context's, with the namespace if another
    /// context has the same name.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="all">All contexts of the set.</param>
    public static string For(Type context, IReadOnlyList<ContextType> all)
    {
        var isUnique = all.Count(other => other.Type.Name == context.Name) == 1;
        // The name is used as a file name in every backup set.
        return string.Concat((isUnique ? context.Name : context.FullName!).Select(c => IsSafe(c) ? c : '_'));
    }

    /// <summary>True if the migrator accepts the name for a database.</summary>
    public static bool IsName(string text) => text.Length > 0 && text[0] != '.' && text.All(IsSafe);

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
