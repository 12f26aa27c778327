using System.Buffers.Binary;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// The part of a <c>-journal</c> that says which file it belongs to: https://sqlite.org/fileformat.html#the_rollback_journal.
/// </summary>
/// <param name="PagesBefore">The size of the database before the transaction, in pages.</param>
/// <param name="HeaderBefore">
/// The header of the database before the transaction; <see langword="null"/> if page 1 was not changed yet.
/// </param>
internal sealed record RollbackJournal(uint PagesBefore, byte[]? HeaderBefore)
{
    public const string Extension = "-journal";

    private const int HeaderBytes = 28;
    private const int ChecksumStep = 200;

    private static ReadOnlySpan<byte> Magic => [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

    /// <param name="path">The journal.</param>
    /// <returns><see langword="null"/> if there is none, or one of a transaction that has ended.</returns>
    public static RollbackJournal? TryRead(string path)
    {
        using var file = LogFile.TryOpen(path);
        var header = new byte[HeaderBytes];
        if (file is null || !TryFill(file, header) || !header.AsSpan().StartsWith(Magic))
        {
            return null;
        }
        var (sector, page) = (Number(header, 20), Number(header, 24));
        return new RollbackJournal(
            Number(header, 16),
            sector is >= HeaderBytes and <= 65536 && page is >= 512 and <= 65536
                ? FindHeader(file, header, sector, (int)page)
                : null
        );
    }

    /// <summary>A journal consists of segments, each with a header that fills a sector.</summary>
    private static byte[]? FindHeader(FileStream file, byte[] header, uint sector, int pageBytes)
    {
        var page = new byte[sizeof(uint) + pageBytes + sizeof(uint)];
        for (var start = 0L; header.AsSpan().StartsWith(Magic); )
        {
            file.Position = start + sector;
            // Where the number was not written yet, the checksums end the segment.
            var count = Number(header, 8) is 0 ? uint.MaxValue : Number(header, 8);
            for (var i = 0u; i < count; i++)
            {
                if (!TryFill(file, page) || !IsWhole(page, Number(header, 12)))
                {
                    return null;
                }
                if (Number(page, 0) == 1)
                {
                    return page.AsSpan(sizeof(uint), SqliteHeader.Bytes).ToArray();
                }
            }
            start = (file.Position + sector - 1) / sector * sector;
            file.Position = start;
            if (!TryFill(file, header))
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>The checksum adds every 200th byte, from the end, to the segment's number.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> page, uint checksum)
    {
        var content = page[sizeof(uint)..^sizeof(uint)];
        for (var i = content.Length - ChecksumStep; i > 0; i -= ChecksumStep)
        {
            checksum += content[i];
        }
        return checksum == Number(page, page.Length - sizeof(uint));
    }

    private static bool TryFill(FileStream file, Span<byte> buffer) =>
        file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
