namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Compares two spellings of a path, after links were followed, as the file system that holds it does.
/// </summary>
internal static class TrueCase
{
    public static bool AreSame(string one, string other, IFolders folders)
    {
        if (!string.Equals(one, other, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        var folder = Path.GetPathRoot(one)!;
        foreach (var (name, spelling) in Parts(one).Zip(Parts(other)))
        {
            if (name != spelling && !IsOneEntry(folder, name, spelling, folders))
            {
                return false;
            }
            folder = Path.Combine(folder, name);
        }
        return true;
    }

    /// <summary>
    /// The folder is read only if the spellings differ, so a start with the usual spelling reads none.
    /// </summary>
    private static bool IsOneEntry(string folder, string name, string spelling, IFolders folders)
    {
        var names = folders.NamesIn(folder);
        if (names.Contains(name, StringComparer.Ordinal) && names.Contains(spelling, StringComparer.Ordinal))
        {
            return false;
        }
        return names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? folders.Exists(Path.Combine(folder, name)) && folders.Exists(Path.Combine(folder, spelling))
            : IgnoresCase(folder, names, folders);
    }

    /// <summary>
    /// For a file that does not exist yet, probes whether the folder ignores case: by another name in it, or, if it is
    /// empty, by the folder's own name.
    /// </summary>
    private static bool IgnoresCase(string folder, IReadOnlyList<string> names, IFolders folders)
    {
        foreach (var name in names)
        {
            var spelling = Swap(name);
            if (spelling != name && !names.Contains(spelling, StringComparer.Ordinal))
            {
                return folders.Exists(Path.Combine(folder, spelling));
            }
        }
        return Path.GetDirectoryName(folder) is { } parent
            && Path.GetFileName(folder) is { } own
            && Swap(own) != own
            && IsOneEntry(parent, own, Swap(own), folders);
    }

    private static string Swap(string name) =>
        string.Concat(name.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    private static string[] Parts(string path) =>
        path[Path.GetPathRoot(path)!.Length..]
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
