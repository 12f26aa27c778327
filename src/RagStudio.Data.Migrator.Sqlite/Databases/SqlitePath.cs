using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>
/// Resolves the file that a connection string refers to, and the path that SQLite derives its sibling files
/// from.
/// </summary>
internal static class SqlitePath
{
    /// <summary>
    /// The file that Microsoft.Data.Sqlite opens. It has its own base folder if the application has set one.
    /// </summary>
    public static string Given(string source)
    {
        const string Macro = "|DataDirectory|";
        var folder = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? "";
        var file = source.StartsWith(Macro, StringComparison.OrdinalIgnoreCase) ? source[Macro.Length..] : source;
        return Path.Combine(Environment.CurrentDirectory, folder, file);
    }

    /// <summary>
    /// A URI that opens a file as immutable and by itself: SQLite neither looks for a log or a journal beside
    /// it, nor locks it, nor writes in its folder (https://sqlite.org/uri.html#uriimmutable). Never use it
    /// for a file that another connection of this process has open: closing it drops that connection's locks.
    /// </summary>
    public static string Alone(string file)
    {
        var path = Path.GetFullPath(file).Replace(Path.DirectorySeparatorChar, '/');
        var root = path.StartsWith('/') ? "" : "/";
        return $"file://{root}{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
    }

    /// <summary>
    /// Follows links as SQLite does. On Unix SQLite resolves every link before it names the write-ahead log.
    /// On Windows it keeps the log beside a link to the file, and looking beside the file would miss what a
    /// killed application had committed.
    /// </summary>
    /// <returns>The path beside which SQLite keeps its sibling files, and the file itself.</returns>
    public static (string Path, string File) Resolve(string given)
    {
        var file = FileIdentity.Resolve(given);
        return OperatingSystem.IsWindows() && Path.GetDirectoryName(Path.GetFullPath(given)) is { } folder
            ? (Path.Combine(FileIdentity.Resolve(folder), Path.GetFileName(given)), file)
            : (file, file);
    }
}
