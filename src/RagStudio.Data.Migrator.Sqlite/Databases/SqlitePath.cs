using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>Tells which file a connection string means, and by which name SQLite calls what lies beside it.</summary>
internal static class SqlitePath
{
    /// <summary>The file that Microsoft.Data.Sqlite opens, which has a base folder of its own where the application has set one.</summary>
    public static string Given(string source)
    {
        const string Macro = "|DataDirectory|";
        var folder = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? "";
        var file = source.StartsWith(Macro, StringComparison.OrdinalIgnoreCase) ? source[Macro.Length..] : source;
        return Path.Combine(Environment.CurrentDirectory, folder, file);
    }

    /// <summary>
    /// A file that nobody changes, alone: SQLite neither looks for a log or a journal beside it nor locks it nor writes in its folder
    /// (https://sqlite.org/uri.html#uriimmutable). Never for a file that a connection of this process has open otherwise: closing it drops that one's locks.
    /// </summary>
    public static string Alone(string file)
    {
        var path = Path.GetFullPath(file).Replace(Path.DirectorySeparatorChar, '/');
        var root = path.StartsWith('/') ? "" : "/";
        return $"file://{root}{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
    }

    /// <summary>
    /// On Unix SQLite follows every link before it names the write-ahead log. On Windows it keeps the log beside a link to the file, and one who looked
    /// beside the file would miss what an application that was killed has committed.
    /// </summary>
    /// <returns>The path beside which SQLite keeps what belongs to the file, and the file itself.</returns>
    public static (string Path, string File) Resolve(string given)
    {
        var file = FileIdentity.Resolve(given);
        return OperatingSystem.IsWindows() && Path.GetDirectoryName(Path.GetFullPath(given)) is { } folder
            ? (Path.Combine(FileIdentity.Resolve(folder), Path.GetFileName(given)), file)
            : (file, file);
    }
}
