using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Lets SQLite read a file's pages in the system's cache instead of copying each one
/// (https://sqlite.org/mmap.html). Mapped pages count as the process's memory, although the system reclaims
/// them when needed. A disk error would terminate the process, so a file is mapped only in a run that the
/// next start can undo.
/// </summary>
internal static class MappedFile
{
    /// <summary>
    /// The largest mapping that the library allows. It would map only the beginning of a larger file.
    /// </summary>
    private const long MaxBytes = 0x7fff0000;

    public static T During<T>(SqliteConnection connection, Func<T> work)
    {
        if (!Environment.Is64BitProcess || new FileInfo(connection.DataSource).Length > MaxBytes)
        {
            return work();
        }
        var before = connection.Number("PRAGMA mmap_size");
        connection.Execute($"PRAGMA mmap_size = {MaxBytes}");
        try
        {
            return work();
        }
        finally
        {
            connection.Execute($"PRAGMA mmap_size = {before}");
        }
    }
}
