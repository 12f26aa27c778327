using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Tests.Providers;

/// <summary>
/// A file system that ignores case in some of its folders, as each folder of Windows, macOS and Linux may.
/// </summary>
/// <param name="ignoring">The paths of the folders that ignore case; a slash for all.</param>
/// <param name="paths">All files and folders.</param>
internal sealed class FakeFolders(IReadOnlyList<string> ignoring, params IReadOnlyList<string> paths) : IFolders
{
    public int Readings { get; private set; }

    public bool Exists(string path)
    {
        var folder = "/";
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var comparison = Ignores(folder) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            if (Names(folder).FirstOrDefault(name => string.Equals(name, part, comparison)) is not { } found)
            {
                return false;
            }
            folder = Path.Combine(folder, found);
        }
        return true;
    }

    public IReadOnlyList<string> NamesIn(string folder)
    {
        Readings++;
        return Names(folder);
    }

    private bool Ignores(string folder) => ignoring.Contains("/") || ignoring.Contains(folder);

    private string[] Names(string folder) =>
        [
            .. paths
                .Where(path => string.Equals(Path.GetDirectoryName(path), folder, StringComparison.OrdinalIgnoreCase))
                .Select(path => Path.GetFileName(path)),
        ];
}
