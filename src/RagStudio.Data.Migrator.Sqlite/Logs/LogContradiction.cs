using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// Detects a write-ahead log that was not written for the file beside it. SQLite does not check: it reads any log of that name, and checkpoints it.
/// Only what cannot be in an ordinary pair counts, also after a kill or a power failure: that one may be checked in to any part.
/// </summary>
internal static class LogContradiction
{
    /// <param name="file">The header of the file as it is without the log.</param>
    /// <param name="fileBytes">The size of the file.</param>
    /// <param name="log">What is committed in the log.</param>
    /// <returns>What contradicts; <see langword="null"/> for nothing.</returns>
    public static string? Of(ReadOnlySpan<byte> file, long fileBytes, WriteAheadLog log) =>
        !SqliteHeader.IsPlain(file) ? null
        // A file is put into WAL mode before its log is begun, and out of it after the log is gone.
        : !SqliteHeader.IsInWal(file) ? "the file is not in WAL mode"
        : SqliteHeader.PageBytes(file) != log.PageBytes
            ? $"the file has pages of {SqliteHeader.PageBytes(file)} bytes, the log of {log.PageBytes}"
        : IsIn(file, log.FirstPages) ? null
        : ContradictionToOldest(file, log) ?? ContradictionToSizes(file, fileBytes, log);

    /// <summary>True if the first page was checked in, as one or another of its versions.</summary>
    private static bool IsIn(ReadOnlySpan<byte> file, IReadOnlyList<byte[]> firstPages)
    {
        foreach (var page in firstPages)
        {
            if (file.SequenceEqual(page))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Else the file has the version that was there before the first in the log.</summary>
    private static string? ContradictionToOldest(ReadOnlySpan<byte> file, WriteAheadLog log)
    {
        if (log.FirstPages.Count == 0 || !SqliteHeader.IsPlain(log.FirstPages[0]))
        {
            return null;
        }
        var (before, after) = (SqliteHeader.ChangeCounter(file), SqliteHeader.ChangeCounter(log.FirstPages[0]));
        if (after != before && after != before + 1)
        {
            return $"the log follows change {after - 1} of a file, and this is change {before}";
        }
        (before, after) = (SqliteHeader.SchemaCookie(file), SqliteHeader.SchemaCookie(log.FirstPages[0]));
        if (after < before)
        {
            return $"the log follows a schema of at most version {after}, and the file's is {before}";
        }
        (before, after) = (SqliteHeader.Encoding(file), SqliteHeader.Encoding(log.FirstPages[0]));
        return before != 0 && after != before ? "their texts have different encodings" : null;
    }

    /// <summary>The size of a database stands in its first page: while nobody writes that, the size stays, or is what the file was enlarged to.</summary>
    private static string? ContradictionToSizes(ReadOnlySpan<byte> file, long fileBytes, WriteAheadLog log)
    {
        if (SqliteHeader.Pages(file) is not { } pages)
        {
            return null;
        }
        var enlarged = (uint)(fileBytes / log.PageBytes);
        return log.SizesBefore.Any(size => size != pages && size != enlarged)
            ? $"the log follows a file of another size than {pages} pages"
            : null;
    }
}
