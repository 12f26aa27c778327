namespace RagStudio.Data.Migrator.Files;

/// <summary>The file systems of this machine.</summary>
internal sealed class RealFolders : IFolders
{
    public static RealFolders Instance { get; } = new();

    public bool Exists(string path) => Path.Exists(path);

    public IReadOnlyList<string> NamesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
