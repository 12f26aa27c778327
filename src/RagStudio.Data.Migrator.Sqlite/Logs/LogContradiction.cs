using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// Detects a write-ahead log that was not written for the file beside it. SQLite does not check that: it
/// reads any log of the right name, and checkpoints it. Only what cannot occur in a matching pair counts,
/// even after a kill or a power failure, which can leave the log partly checkpointed.
/// </summary>
internal static class LogContradiction
{
    /// <param name="file">The header of the file without the log applied.</param>
    /// <param name="fileBytes">The size of the file.</param>
    /// <param name="log">The committed content of the log.</param>
    /// <returns>The contradiction; <see langword="null"/> if there is none.</returns>
    public static string? Find(ReadOnlySpan<byte> file, long fileBytes, WriteAheadLog log) =>
        !SqliteHeader.IsPlain(file) ? null
        // A file enters WAL mode before its log is created, and leaves it after the log is deleted.
        : !SqliteHeader.IsInWal(file) ? "the file is not in WAL mode"
        : SqliteHeader.PageBytes(file) != log.PageBytes
            ? $"the file has pages of {SqliteHeader.PageBytes(file)} bytes, the log of {log.PageBytes}"
        : IsIn(file, log.FirstPages) ? null
        : ContradictionToOldest(file, log) ?? ContradictionToSizes(file, fileBytes, log);

    /// <summary>True if one of the log's versions of page 1 has been checkpointed.</summary>
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

    /// <summary>If none was checkpointed, the file has the version that precedes the first one in the log.</summary>
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

    /// <summary>
    /// The size of a database is recorded in its first page. Until that page is written, the file keeps its
    /// size or has been enlarged to a size that the log commits.
    /// </summary>
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
