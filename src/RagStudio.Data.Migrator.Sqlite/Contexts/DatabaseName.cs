namespace RagStudio.Data.Migrator.Sqlite.Contexts;

/// <summary>Validates a database's name, which is used as a file name in every backup set.</summary>
internal static class DatabaseName
{
    /// <exception cref="ArgumentException">The name is not a valid file name.</exception>
    public static void ThrowIfNoFileName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name[0] == '.' || !name.All(IsAllowed))
        {
            throw new ArgumentException(
                $"'{name}' cannot name a database: use letters, digits, '-', '_' and '.', not beginning with '.'.",
                nameof(name)
            );
        }
    }

    /// <summary>The default name of a context's database, derived from its class as on the command line.</summary>
    public static string DefaultFor(Type context) => string.Concat(context.Name.Select(c => IsAllowed(c) ? c : '_'));

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
