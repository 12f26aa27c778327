namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// An entry of a folder, of any kind: a dangling link or a folder occupies the name of a file without being that file.
/// </summary>
internal static class FileEntry
{
    private const FileAttributes None = (FileAttributes)(-1);

    /// <summary>True if any entry has the name.</summary>
    public static bool Exists(string path) => new FileInfo(path).Attributes != None;
}
