namespace RagStudio.Data.Cli;

/// <summary>Selects contexts of an application by name.</summary>
internal static class ContextSelection
{
    /// <summary>Returns the contexts with the given names, in the same order.</summary>
    /// <exception cref="CommandException">A name matches no context, or several.</exception>
    public static IReadOnlyList<ContextType> Named(IReadOnlyList<string> names, IReadOnlyList<ContextType> all) =>
        [.. names.Select(name => One(name, all)).Distinct()];

    private static ContextType One(string name, IReadOnlyList<ContextType> all)
    {
        var matches = Matches(name, all, StringComparison.Ordinal);
        if (matches.Count == 0)
        {
            matches = Matches(name, all, StringComparison.OrdinalIgnoreCase);
        }

        return matches switch
        {
            [var one] => one,
            [] => throw CommandException.Usage($"there is no context '{name}'. The application has {List(all)}."),
            _ => throw CommandException.Usage(
                $"'{name}' matches several contexts: {List(matches)}. Include the namespace."
            ),
        };
    }

    /// <summary>Lists the full names of contexts for the user.</summary>
    public static string List(IEnumerable<ContextType> contexts) =>
        string.Join(", ", contexts.Select(context => context.Type.FullName));

    private static List<ContextType> Matches(
        string name,
        IReadOnlyList<ContextType> all,
        StringComparison comparison
    ) => [.. all.Where(context => context.Is(name, comparison))];
}
