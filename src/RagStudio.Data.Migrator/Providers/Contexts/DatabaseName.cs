namespace RagStudio.Data.Migrator.Providers;

/// <summary>Validates a database's name, which is used as a file name in every backup set.</summary>
public static class DatabaseName
{
    /// <summary>Refuses a name that cannot name a file on every system.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
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
    /// <param name="context">The class.</param>
    /// <returns>The name.</returns>
    public static string DefaultFor(Type context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return string.Concat(context.Name.Select(c => IsAllowed(c) ? c : '_'));
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
