namespace RagStudio.Data.Cli;

/// <summary>Finds the text and Markdown files of a folder and its subfolders.</summary>
/// <remarks>
/// Hidden files and links are skipped: a link leads outside the folder, in a circle, or to a file that is
/// found anyway.
/// </remarks>
internal sealed class SourceFolder
{
    private static readonly string[] Extensions = [".txt", ".md", ".markdown"];

    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    private readonly string _root;
    private readonly List<SourceFile> _files = [];
    private readonly List<UnreadableFile> _unreadable = [];

    private SourceFolder(string root) => _root = root;

    /// <summary>The files sorted by relative path, in the same order on every system.</summary>
    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>The subfolders that could not be read.</summary>
    public IReadOnlyList<UnreadableFile> Unreadable => _unreadable;

    /// <summary>Searches a folder.</summary>
    /// <param name="root">The full path of an existing folder.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static SourceFolder Find(string root, CancellationToken cancellationToken)
    {
        var folder = new SourceFolder(root);
        folder.Walk(cancellationToken);
        folder._files.Sort((a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return folder;
    }

    private void Walk(CancellationToken cancellationToken)
    {
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(_root)]);
        while (open.TryPop(out var directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in List(directory))
            {
                if (entry is DirectoryInfo child)
                {
                    open.Push(child);
                }
                else if (Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    _files.Add(new SourceFile(entry.FullName, RelativePath(entry)));
                }
            }
        }
    }

    private FileSystemInfo[] List(DirectoryInfo directory)
    {
        try
        {
            return directory.GetFileSystemInfos("*", Visible);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _unreadable.Add(new UnreadableFile(RelativePath(directory), "the folder cannot be listed"));
            return [];
        }
    }

    private string RelativePath(FileSystemInfo entry) =>
        Path.GetRelativePath(_root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
