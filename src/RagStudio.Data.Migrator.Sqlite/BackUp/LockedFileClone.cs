using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>
/// Lets the file system copy the file of a locked database (<see cref="FileClone"/>), if it can without copying bytes.
/// </summary>
internal static class LockedFileClone
{
    /// <summary>Creates a copy that can be opened by itself in its folder. It is on disk when the method returns.</summary>
    /// <returns>Its pages; <see langword="null"/> if there is no clone, and then no file either.</returns>
    public static long? TryWrite(SqliteConnection live, string file, CopyWatch watch) =>
        TryCreate(live, file, SqliteHeader.ClearWalMode, OwnFile.Flush, watch);

    /// <summary>Creates a copy that equals the original byte by byte.</summary>
    /// <returns>As for <see cref="TryWrite"/>.</returns>
    public static long? TryClone(SqliteConnection live, string file, CopyWatch watch) =>
        TryCreate(live, file, _ => { }, _ => { }, watch);

    private static long? TryCreate(
        SqliteConnection live,
        string file,
        Action<Span<byte>> changeHeader,
        Action<SafeFileHandle> flush,
        CopyWatch watch
    )
    {
        watch.ThrowIfOver();
        if (LockedFile.TryOpen(live) is not { } held)
        {
            return null;
        }
        using (var clone = FileClone.TryCreate(live, file))
        {
            if (clone is null)
            {
                return null;
            }
            watch.Report(0, held.Bytes);
            if (IsOf(held, clone.SafeFileHandle))
            {
                // What a file has behind its last page is no part of the database.
                RandomAccess.SetLength(clone.SafeFileHandle, held.Bytes);
                ChangeHeader(clone.SafeFileHandle, changeHeader);
                flush(clone.SafeFileHandle);
                watch.Report(held.Bytes, held.Bytes);
                return held.Pages;
            }
        }
        OwnFile.Delete(file);
        return null;
    }

    /// <summary>
    /// True if the clone has all pages, and the first and the last one as SQLite reads them. The first one changes with
    /// every transaction, so that a clone of any other file differs.
    /// </summary>
    private static bool IsOf(LockedFile held, SafeFileHandle clone) =>
        RandomAccess.GetLength(clone) >= held.Bytes
        && HasPage(held, clone, 0)
        && HasPage(held, clone, held.Bytes - held.PageBytes);

    private static bool HasPage(LockedFile held, SafeFileHandle clone, long offset)
    {
        var (wanted, found) = (new byte[held.PageBytes], new byte[held.PageBytes]);
        held.Read(wanted, offset);
        return RandomAccess.Read(clone, found, offset) == found.Length && found.AsSpan().SequenceEqual(wanted);
    }

    private static void ChangeHeader(SafeFileHandle clone, Action<Span<byte>> change)
    {
        Span<byte> header = stackalloc byte[SqliteHeader.Bytes];
        RandomAccess.Read(clone, header, 0);
        change(header);
        RandomAccess.Write(clone, header, 0);
    }
}
