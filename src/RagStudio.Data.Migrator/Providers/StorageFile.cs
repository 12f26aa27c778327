namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Where a storage lies that is a file. What belongs to the set lies beside its first one: the journal, and the backups where no folder is configured.
/// </summary>
/// <param name="Path">The full path of the file itself, links followed.</param>
/// <param name="GivenPath">The path that the program was given, which may lead to it by a link.</param>
public sealed record StorageFile(string Path, string GivenPath)
{
    /// <summary>The folder of the file itself.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? ".";
}
