using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// A log or journal that SQLite keeps beside a database. SQLite takes its locks on the database, so anyone may open
/// this file.
/// </summary>
internal static class LogFile
{
    /// <summary>Opens the file for reading.</summary>
    /// <returns>The file; <see langword="null"/> if another program has removed it, as each transaction does.</returns>
    public static FileStream? TryOpen(string path, int bufferSize = 4096)
    {
        OwnFile.DemandRegular(path);
        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize
            );
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
