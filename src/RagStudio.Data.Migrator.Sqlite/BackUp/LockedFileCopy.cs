using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>
/// Copies the file of a locked database in one pass: while one block is read and written, another core hashes
/// the previous blocks, and the disk writes them.
/// </summary>
internal sealed class LockedFileCopy(LockedFile source, SafeFileHandle target, CopyWatch watch)
{
    /// <summary>A multiple of every page size that takes less than a millisecond to hash.</summary>
    private const int PieceBytes = 1 << 20;

    /// <summary>
    /// The number of blocks that writing may be ahead of hashing, so neither waits for a short pause of the
    /// other.
    /// </summary>
    private const int Pieces = 8;

    private readonly WriteBehind _disk = new(target);

    /// <summary>
    /// Writes a copy that can be opened by itself in its folder. It is on disk when the method returns.
    /// </summary>
    /// <returns>The SHA-256 of the written bytes.</returns>
    public async Task<string> WriteAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await CopyAsync(SqliteHeader.ClearWalMode, piece => hash.AppendData(piece.Span)).ConfigureAwait(false);
        OwnFile.Flush(target);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes a copy that equals the original byte by byte.</summary>
    public Task CloneAsync() => CopyAsync(_ => { }, _ => { });

    private async Task CopyAsync(Action<Span<byte>> changeHeader, Action<ReadOnlyMemory<byte>> hash)
    {
        var free = Channel.CreateUnbounded<byte[]>();
        var written = Channel.CreateUnbounded<(byte[] Buffer, int Length)>();
        for (var i = 0; i < Pieces; i++)
        {
            free.Writer.TryWrite(new byte[PieceBytes]);
        }
        var hashing = Task.Run(() => HashAsync(written.Reader, free.Writer, hash));
        try
        {
            for (var offset = 0L; offset < source.Bytes; offset += PieceBytes)
            {
                watch.ThrowIfOver();
                var buffer = await free.Reader.ReadAsync().ConfigureAwait(false);
                var length = (int)Math.Min(PieceBytes, source.Bytes - offset);
                CopyPiece(buffer.AsSpan(0, length), offset, changeHeader);
                written.Writer.TryWrite((buffer, length));
                watch.Report(offset + length, source.Bytes);
            }
        }
        finally
        {
            written.Writer.Complete();
            await hashing.ConfigureAwait(false);
        }
    }

    private void CopyPiece(Span<byte> piece, long offset, Action<Span<byte>> changeHeader)
    {
        source.Read(piece, offset);
        if (offset == 0)
        {
            changeHeader(piece);
        }
        RandomAccess.Write(target, piece, offset);
        _disk.Written(offset + piece.Length);
    }

    private static async Task HashAsync(
        ChannelReader<(byte[] Buffer, int Length)> written,
        ChannelWriter<byte[]> free,
        Action<ReadOnlyMemory<byte>> hash
    )
    {
        try
        {
            await foreach (var (buffer, length) in written.ReadAllAsync().ConfigureAwait(false))
            {
                hash(buffer.AsMemory(0, length));
                free.TryWrite(buffer);
            }
        }
        finally
        {
            // A reader of a buffer must not wait forever.
            free.Complete();
        }
    }
}
