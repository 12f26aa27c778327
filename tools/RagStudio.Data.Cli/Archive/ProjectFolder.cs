namespace RagStudio.Data.Cli;

/// <summary>The folder with a project's source files.</summary>
/// <param name="path">Its full path.</param>
internal sealed class ProjectFolder(string path)
{
    private readonly Dictionary<string, byte[]> _files = Directory
        .EnumerateFiles(
            path,
            "*.cs",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
        )
        .ToDictionary(file => file, File.ReadAllBytes);

    /// <summary>Finds the file with the content that was compiled, wherever it is.</summary>
    /// <returns>Its full path; <see langword="null"/> if there is none.</returns>
    /// <exception cref="CommandException">It was changed since, or is there twice.</exception>
    public string? Find(SourceDocument document)
    {
        string[] same = [.. _files.Where(file => document.Is(file.Value)).Select(file => file.Key)];
        if (same.Contains(document.Path) || same is [_])
        {
            return same.Contains(document.Path) ? document.Path : same[0];
        }
        if (same.Length > 1)
        {
            throw CommandException.Usage(
                $"{string.Join(" and ", same.Select(Relative))} are the same file twice: remove one of them."
            );
        }
        var edited = _files.Keys.Where(file => file == document.Path || Path.GetFileName(file) == document.Name);
        return edited.FirstOrDefault() is { } found
            ? throw CommandException.Usage(
                $"{Relative(found)} is not the file that the program was built from. Build it, then archive."
            )
            : null;
    }

    /// <summary>Reads the folder again.</summary>
    public ProjectFolder Again() => new(path);

    /// <summary>True for a source file of the project.</summary>
    public bool Has(string file) => _files.ContainsKey(file);

    /// <summary>Finds files by their name.</summary>
    public IEnumerable<string> Named(string name) =>
        Directory.EnumerateFiles(
            path,
            name,
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
        );

    public string Relative(string file) => Path.GetRelativePath(path, file);
}
