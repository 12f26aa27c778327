using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Lets SQLite look at a file's pages where the system keeps them, instead of copying each one (https://sqlite.org/mmap.html). What is mapped
/// counts as the process's memory, though the system takes it back when it needs it. A disk error would end the process: only a file is
/// mapped whose run the next start undoes.
/// </summary>
internal static class MappedFile
{
    /// <summary>What the library maps at most. Of a larger file it would map the first part only.</summary>
    private const long MostBytes = 0x7fff0000;

    public static T During<T>(SqliteConnection connection, Func<T> work)
    {
        if (!Environment.Is64BitProcess || new FileInfo(connection.DataSource).Length > MostBytes)
        {
            return work();
        }
        var before = connection.Number("PRAGMA mmap_size");
        connection.Execute($"PRAGMA mmap_size = {MostBytes}");
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
