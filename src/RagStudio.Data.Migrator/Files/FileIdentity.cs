namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Resolves paths to the files that they mean. A file may have many paths: by symbolic links, by another case where its
/// folder ignores case, or because its folder was moved or mounted elsewhere. All comparisons of files are made here.
/// </summary>
public static class FileIdentity
{
    /// <summary>The number that Linux follows in one path.</summary>
    private const int MaxLinks = 40;

    private const char WindowsSeparator = '\\';

    /// <summary>
    /// Resolves the path of the file itself: follows every symbolic link on the way, even one to a file that does not
    /// exist yet, where opening it would create the file.
    /// </summary>
    /// <param name="path">A path, relative to the current folder.</param>
    /// <returns>The full path, in the given case.</returns>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return LinkPath.Follow(path, MaxLinks);
    }

    /// <summary>Compares two resolved paths.</summary>
    /// <param name="resolved">The result of <see cref="Resolve"/>.</param>
    /// <param name="other">The result for another path.</param>
    /// <returns>
    /// True if both are paths of one file, or will be once it is created. A folder is read only if the two differ in
    /// nothing but case.
    /// </returns>
    public static bool AreSame(string resolved, string other) =>
        string.Equals(resolved, other, StringComparison.Ordinal)
        || TrueCase.AreSame(resolved, other, RealFolders.Instance);

    /// <summary>Computes a hash that is equal for all paths that <see cref="AreSame"/> considers equal.</summary>
    /// <param name="resolved">The result of <see cref="Resolve"/>.</param>
    /// <returns>The hash.</returns>
    public static int HashOf(string resolved) => StringComparer.OrdinalIgnoreCase.GetHashCode(resolved);

    /// <summary>
    /// Finds the place of a file whose neighbor is now elsewhere, because the folder was moved or has another name.
    /// </summary>
    /// <param name="path">The former path of the file, possibly of another operating system.</param>
    /// <param name="formerNeighbor">The path of its neighbor at that time.</param>
    /// <param name="presentNeighbor">The present path of the neighbor.</param>
    /// <returns>The path, where nothing may exist; <see langword="null"/> if the two had no folder in common.</returns>
    public static string? Follow(string path, string formerNeighbor, string presentNeighbor)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (was, isNow) = (Split(formerNeighbor), Split(presentNeighbor));
        var parts = Split(path);
        var common = parts.Zip(was).TakeWhile(pair => pair.First == pair.Second).Count();
        // The neighbor's own name is not a folder.
        common = Math.Min(common, Math.Min(was.Length, parts.Length) - 1);
        var up = was.Length - 1 - common;
        if (common < 1 || up > isNow.Length - 2)
        {
            return null;
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(presentNeighbor))!;
        return Path.GetFullPath(Path.Combine([folder, .. Enumerable.Repeat("..", up), .. parts[common..]]));
    }

    /// <summary>Windows paths have no leading slash.</summary>
    private static string[] Split(string path) =>
        path.StartsWith('/') ? path.Split('/') : path.Split(WindowsSeparator, '/');
}
