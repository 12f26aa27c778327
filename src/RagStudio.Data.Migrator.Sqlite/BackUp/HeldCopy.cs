using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Copies the file of a held database as it is, in one pass: while a piece is written and the next one read, another core hashes it and the
/// disk writes the ones before.
/// </summary>
internal sealed class HeldCopy(HeldFile source, SafeFileHandle target, CopyWatch watch)
{
    /// <summary>A multiple of every page size, below a millisecond of hashing.</summary>
    private const int PieceBytes = 1 << 20;

    private readonly WriteBehind _disk = new(target);

    /// <summary>A copy that opens alone in its folder, on disk when the method returns.</summary>
    /// <returns>SHA-256 of what was written.</returns>
    public async Task<string> WriteAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await CopyAsync(SqliteHeader.TakeOutOfWal, piece => hash.AppendData(piece.Span)).ConfigureAwait(false);
        RandomAccess.FlushToDisk(target);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A copy that is the original byte by byte.</summary>
    public Task CloneAsync() => CopyAsync(_ => { }, _ => { });

    private async Task CopyAsync(Action<Span<byte>> changeHeader, Action<ReadOnlyMemory<byte>> hash)
    {
        var (buffer, next) = (new byte[PieceBytes], new byte[PieceBytes]);
        var hashing = Task.CompletedTask;
        try
        {
            for (var offset = 0L; offset < source.Bytes; offset += PieceBytes)
            {
                watch.ThrowIfOver();
                var piece = buffer.AsMemory(0, (int)Math.Min(PieceBytes, source.Bytes - offset));
                source.Read(piece.Span, offset);
                if (offset == 0)
                {
                    changeHeader(piece.Span);
                }
                await hashing.ConfigureAwait(false);
                hashing = Task.Run(() => hash(piece));
                RandomAccess.Write(target, piece.Span, offset);
                _disk.Written(offset + piece.Length);
                watch.Report(offset + piece.Length, source.Bytes);
                (buffer, next) = (next, buffer);
            }
        }
        finally
        {
            await hashing.ConfigureAwait(false);
        }
    }
}
