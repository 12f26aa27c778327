using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Cli;

/// <summary>The file that an application's connection string refers to.</summary>
internal static class DatabaseFile
{
    private const string DataDirectoryMacro = "|DataDirectory|";

    /// <param name="connectionString">The connection string.</param>
    /// <param name="folder">The base folder of its relative path.</param>
    /// <param name="context">The context that it belongs to.</param>
    /// <returns>The connection string with a full path.</returns>
    /// <exception cref="CommandException">It does not refer to a file.</exception>
    public static SqliteConnectionStringBuilder Resolve(string connectionString, string folder, ContextType context)
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

        // The path is not normalized: if a folder is a link, "link/.." is the parent of its target.
        builder.DataSource = Path.Combine(folder, WithoutMacro(builder.DataSource));
        return builder;
    }

    // The message does not repeat the connection string, which may contain a password.
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
