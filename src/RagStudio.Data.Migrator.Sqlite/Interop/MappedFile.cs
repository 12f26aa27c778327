using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Lets SQLite read a file's pages in the system's cache instead of copying each one
/// (https://sqlite.org/mmap.html). A disk error would terminate the process, so a file is mapped only in a run
/// that the next start can undo, or if all of it has just been written or read.
/// </summary>
internal static class MappedFile
{
    /// <summary>
    /// The largest mapping that the library allows. It would map only the beginning of a larger file.
    /// </summary>
    private const long MaxBytes = 0x7fff0000;

    public static T During<T>(SqliteConnection connection, string path, SqliteInterrupt interrupt, Func<T> work)
    {
        var bytes = new FileInfo(path).Length;
        if (!Environment.Is64BitProcess || bytes > MaxBytes)
        {
            return work();
        }
        var before = connection.Number("PRAGMA mmap_size");
        connection.Execute($"PRAGMA mmap_size = {MaxBytes}");
        interrupt.BetweenSteps = MappedPages.TryReturn(connection, bytes);
        try
        {
            return work();
        }
        finally
        {
            interrupt.BetweenSteps = null;
            connection.Execute($"PRAGMA mmap_size = {before}");
        }
    }
}
