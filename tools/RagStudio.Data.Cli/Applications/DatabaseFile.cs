using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Cli;

/// <summary>The file that a connection string of an application means.</summary>
internal static class DatabaseFile
{
    private const string DataDirectoryMacro = "|DataDirectory|";

    /// <param name="connectionString">The connection string.</param>
    /// <param name="folder">Where its relative path starts.</param>
    /// <param name="context">Whose it is.</param>
    /// <returns>The same with a full path.</returns>
    /// <exception cref="CommandException">It names no file.</exception>
    public static SqliteConnectionStringBuilder Of(string connectionString, string folder, ContextType context)
    {
        var builder = Read(connectionString, context);
        if (builder.DataSource is "" or ":memory:" || builder.Mode == SqliteOpenMode.Memory)
        {
            throw CommandException.Usage(
                $"the database of {context.Type.FullName} is in memory. Name a file: --connection \"Data Source=FILE\"."
            );
        }

        if (builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage(
                $"the database of {context.Type.FullName} is named by a URI. Name its path: --connection \"Data Source=FILE\"."
            );
        }

        // Not shortened: where a folder is a link, "link/.." is the one above its target.
        builder.DataSource = Path.Combine(folder, WithoutMacro(builder.DataSource));
        return builder;
    }

    // What the string says is not repeated: it may hold a password.
    private static SqliteConnectionStringBuilder Read(string connectionString, ContextType context)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException error)
        {
            throw CommandException.Usage(
                $"the connection string of {context.Type.FullName} cannot be read: it must look like \"Data Source=FILE\".",
                error
            );
        }
    }

    private static string WithoutMacro(string path) =>
        path.StartsWith(DataDirectoryMacro, StringComparison.OrdinalIgnoreCase)
            ? path[DataDirectoryMacro.Length..].TrimStart('/', '\\')
            : path;
}
