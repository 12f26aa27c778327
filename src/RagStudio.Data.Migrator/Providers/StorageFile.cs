namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The location of a storage that is a file. The files of a set are beside its first storage: the journal, rehearsals, and
/// backups if no folder is configured.
/// </summary>
/// <param name="Path">The full path of the file itself, links followed.</param>
/// <param name="GivenPath">The configured path, which may be a link to it.</param>
public sealed record StorageFile(string Path, string GivenPath)
{
    /// <summary>The folder of the file itself.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? ".";
}
