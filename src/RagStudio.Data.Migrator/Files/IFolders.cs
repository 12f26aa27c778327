namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// The file system's view of names. Whether case matters is a property of each folder, on every system.
/// </summary>
internal interface IFolders
{
    /// <summary>True if a file or a folder exists at the path.</summary>
    bool Exists(string path);

    /// <summary>The names in a folder as they are spelled there; none if it cannot be read.</summary>
    IReadOnlyList<string> NamesIn(string folder);
}
