namespace RagStudio.Data.Migrator.Files;

/// <summary>Follows the symbolic links of a path, part by part, as the system does when it opens the file.</summary>
internal static class LinkPath
{
    /// <param name="path">A path, relative to the current folder.</param>
    /// <param name="mostLinks">
    /// The limit, after which the rest of the path stays unresolved and opening it fails.
    /// </param>
    /// <returns>The full path.</returns>
    public static string Follow(string path, int mostLinks)
    {
        var full = Full(path);
        var root = Path.GetPathRoot(full)!;
        var left = new Stack<string>(Parts(full[root.Length..]));
        var resolved = root;
        while (left.TryPop(out var part))
        {
            var next = part == ".." ? Path.GetDirectoryName(resolved) ?? resolved : Path.Combine(resolved, part);
            if (part == ".." || mostLinks == 0 || TargetOf(next) is not { } target)
            {
                resolved = next;
                continue;
            }
            mostLinks--;
            if (Path.IsPathRooted(target))
            {
                resolved = Path.GetPathRoot(Path.GetFullPath(target))!;
                target = Path.GetFullPath(target)[resolved.Length..];
            }
            foreach (var follows in Parts(target))
            {
                left.Push(follows);
            }
        }
        return resolved;
    }

    /// <summary>
    /// On Unix <c>link/..</c> is the folder above the link's target, which <see cref="Path.GetFullPath(string)"/>
    /// ignores. Windows removes <c>..</c> before it follows any link.
    /// </summary>
    private static string Full(string path) =>
        OperatingSystem.IsWindows() ? Path.GetFullPath(path) : Path.Combine(Environment.CurrentDirectory, path);

    /// <summary>The parts, last first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != ".")
            .Reverse();

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Opening the file reports the error.
            return null;
        }
    }
}
