using System.Buffers.Binary;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// The committed content of a <c>-wal</c> file as SQLite would read it: up to the last commit before the
/// first frame with a wrong salt or checksum (https://sqlite.org/fileformat.html#the_write_ahead_log).
/// </summary>
/// <param name="Salts">Distinguish it from earlier logs.</param>
/// <param name="PageBytes">The size of its pages.</param>
/// <param name="FirstPages">The database header in each version of page 1, oldest first, without repetitions.</param>
/// <param name="SizesBefore">
/// The sizes of the database, in pages, that transactions committed before the first of them.
/// </param>
internal sealed record WriteAheadLog(
    string Salts,
    int PageBytes,
    IReadOnlyList<byte[]> FirstPages,
    IReadOnlyCollection<uint> SizesBefore
)
{
    public const string Extension = "-wal";

    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int FramePage = 0;
    private const int FrameSize = 4;
    private const int FrameSalts = 8;
    private const int FrameChecksum = 16;
    private const int SaltsAt = 16;
    private const int SaltBytes = 8;
    private const uint Magic = 0x377f0682;

    /// <param name="path">
    /// The log. SQLite locks the database and the <c>-shm</c> file, never the log: any process may open it.
    /// </param>
    /// <returns><see langword="null"/> if there is no log, or it has no committed content.</returns>
    public static WriteAheadLog? TryRead(string path)
    {
        using var file = LogFile.TryOpen(path, bufferSize: 1 << 16);
        Span<byte> header = stackalloc byte[HeaderBytes];
        return
            file is { Length: > HeaderBytes }
            && file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes
            && (BinaryPrimitives.ReadUInt32BigEndian(header) & ~1u) == Magic
            ? Read(file, header)
            : null;
    }

    private static WriteAheadLog? Read(FileStream file, ReadOnlySpan<byte> header)
    {
        var sum = new LogChecksum(isBigEndian: (header[3] & 1) != 0);
        sum.Add(header[..FrameHeaderBytes]);
        var pageBytes = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        return sum.Is(header[FrameHeaderBytes..]) && pageBytes is >= 512 and <= 65536
            ? Read(file, header.Slice(SaltsAt, SaltBytes), pageBytes, sum)
            : null;
    }

    private static WriteAheadLog? Read(FileStream file, ReadOnlySpan<byte> salts, int pageBytes, LogChecksum sum)
    {
        var (firstPages, sizes, pending) = (new List<byte[]>(), new HashSet<uint>(), new List<byte[]>());
        var frame = new byte[FrameHeaderBytes + pageBytes];
        var isCommitted = false;
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            var page = frame.AsSpan(FrameHeaderBytes);
            sum.Add(frame.AsSpan(0, FrameSalts));
            sum.Add(page);
            if (!salts.SequenceEqual(frame.AsSpan(FrameSalts, SaltBytes)) || !sum.Is(frame.AsSpan(FrameChecksum)))
            {
                break;
            }
            if (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(FramePage)) == 1)
            {
                pending.Add(page[..SqliteHeader.Bytes].ToArray());
            }
            if (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(FrameSize)) is > 0 and var size)
            {
                isCommitted = true;
                Commit(firstPages, sizes, pending, size);
            }
        }
        return isCommitted ? new WriteAheadLog(Convert.ToHexString(salts), pageBytes, firstPages, sizes) : null;
    }

    private static void Commit(List<byte[]> firstPages, HashSet<uint> sizes, List<byte[]> pending, uint size)
    {
        foreach (var header in pending)
        {
            if (firstPages.Count == 0 || !header.AsSpan().SequenceEqual(firstPages[^1]))
            {
                firstPages.Add(header);
            }
        }
        pending.Clear();
        if (firstPages.Count == 0)
        {
            sizes.Add(size);
        }
    }
}
