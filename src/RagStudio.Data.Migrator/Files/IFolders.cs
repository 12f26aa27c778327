namespace RagStudio.Data.Migrator.Files;

/// <summary>What a file system says of names: whether it ignores their case is the folder's own property, on every system.</summary>
internal interface IFolders
{
    /// <summary>Whether a file or a folder can be reached by a path.</summary>
    bool Exists(string path);

    /// <summary>The names in a folder as they are spelled there; none where it cannot be read.</summary>
    IReadOnlyList<string> NamesIn(string folder);
}
