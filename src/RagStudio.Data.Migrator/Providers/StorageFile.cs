namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The file of a storage that is a file. Files that belong to the set lie beside its first one: the journal,
/// and the backups unless a folder is configured.
/// </summary>
/// <param name="Path">The full path of the file itself, with links resolved.</param>
/// <param name="GivenPath">The path that the program was given, which may lead to the file through a link.</param>
public sealed record StorageFile(string Path, string GivenPath)
{
    /// <summary>The folder of the file itself.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? ".";
}
