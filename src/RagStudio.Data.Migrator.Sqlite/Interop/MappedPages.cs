using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Returns the pages of a mapped file to the system while they are read: they count as the process's memory, although
/// they stay in the system's cache, from where the next access maps them again
/// (https://man7.org/linux/man-pages/man2/madvise.2.html). It runs between two steps of SQLite's own thread, so that
/// nothing else can have taken the place of the mapping.
/// </summary>
internal sealed unsafe partial class MappedPages
{
    /// <summary>A smaller file is no burden.</summary>
    private const long MaxBytes = 32L << 20;

    /// <summary>
    /// In this time a check of a tree maps some 20 MB. Returning the pages at each call instead makes a check twice as
    /// long.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private const int DontNeed = 4;
    private const int FirstVersionWithFetch = 3;

    private readonly OpenFile* _file;
    private readonly nuint _length;
    private long _looked = Stopwatch.GetTimestamp();

    private MappedPages(OpenFile* file, long bytes)
    {
        _file = file;
        _length = (nuint)bytes;
    }

    /// <returns>
    /// What to do between steps; <see langword="null"/> on a system that returns such pages by itself, or if the file is
    /// small or cannot be mapped.
    /// </returns>
    public static Action? TryReturn(SqliteConnection connection, long bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes <= MaxBytes)
        {
            return null;
        }
        var file = OpenFile.TryGet(connection);
        return file != null && file->Methods->Version >= FirstVersionWithFetch && file->Methods->Fetch != null
            ? new MappedPages(file, bytes).Return
            : null;
    }

    private void Return()
    {
        void* start;
        if (Stopwatch.GetElapsedTime(_looked) < Interval)
        {
            return;
        }
        _looked = Stopwatch.GetTimestamp();
        if (_file->Methods->Fetch(_file, 0, SqliteHeader.Bytes, &start) == raw.SQLITE_OK && start != null)
        {
            // The file is mapped as a whole. A failure here only costs memory.
            _ = _file->Methods->Unfetch(_file, 0, start);
            _ = Advise(start, _length, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
