namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Decides which file a path means. A file may have many paths: by symbolic links, by another case where its folder ignores case, by the place where
/// somebody moved or mounted its folder. Whatever compares files compares them here.
/// </summary>
public static class FileIdentity
{
    /// <summary>As many as Linux follows in one path.</summary>
    private const int MostLinks = 40;

    private const char WindowsSeparator = '\\';

    /// <summary>
    /// The path of the file itself: every symbolic link on the way is followed, also one that leads to what does not exist yet, where opening it creates
    /// the file.
    /// </summary>
    /// <param name="path">A path, relative to the current folder.</param>
    /// <returns>The full path. Its case is the given one.</returns>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return LinkPath.Follow(path, MostLinks);
    }

    /// <summary>Tells whether two resolved paths are those of one file, or will be when it is created.</summary>
    /// <param name="resolved">What <see cref="Resolve"/> gave.</param>
    /// <param name="other">What it gave for another path.</param>
    /// <returns>Whether they are; a folder is read for it only where the two differ in nothing but case.</returns>
    public static bool AreSame(string resolved, string other) =>
        string.Equals(resolved, other, StringComparison.Ordinal)
        || TrueCase.AreSame(resolved, other, RealFolders.Instance);

    /// <summary>A hash that is one for all paths that <see cref="AreSame"/> takes for one file.</summary>
    /// <param name="resolved">What <see cref="Resolve"/> gave.</param>
    /// <returns>The hash.</returns>
    public static int HashOf(string resolved) => StringComparer.OrdinalIgnoreCase.GetHashCode(resolved);

    /// <summary>Where a file is to be looked for when its neighbour has come to lie elsewhere, with the folder or under another name of it.</summary>
    /// <param name="path">Where the file was; a path of another system, too.</param>
    /// <param name="neighbourWas">Where its neighbour was then.</param>
    /// <param name="neighbourIs">Where the neighbour is now.</param>
    /// <returns>The place, which may hold nothing; <see langword="null"/> where the two had no folder in common.</returns>
    public static string? Follow(string path, string neighbourWas, string neighbourIs)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (was, isNow) = (Split(neighbourWas), Split(neighbourIs));
        var parts = Split(path);
        var common = parts.Zip(was).TakeWhile(pair => pair.First == pair.Second).Count();
        // The neighbour's own name is no folder.
        common = Math.Min(common, Math.Min(was.Length, parts.Length) - 1);
        var up = was.Length - 1 - common;
        if (common < 1 || up > isNow.Length - 2)
        {
            return null;
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(neighbourIs))!;
        return Path.GetFullPath(Path.Combine([folder, .. Enumerable.Repeat("..", up), .. parts[common..]]));
    }

    /// <summary>A path of Windows has no slash that leads it.</summary>
    private static string[] Split(string path) =>
        path.StartsWith('/') ? path.Split('/') : path.Split(WindowsSeparator, '/');
}
