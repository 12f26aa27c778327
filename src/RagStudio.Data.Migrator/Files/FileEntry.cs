namespace RagStudio.Data.Migrator.Files;

/// <summary>What a folder has under a name, whatever it is: a link that leads nowhere and a folder take the name of a file, and are not that file.</summary>
internal static class FileEntry
{
    private const FileAttributes None = (FileAttributes)(-1);

    /// <summary>Whether anything has the name.</summary>
    public static bool Exists(string path) => new FileInfo(path).Attributes != None;
}
