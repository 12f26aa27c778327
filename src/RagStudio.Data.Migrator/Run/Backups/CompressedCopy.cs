using System.IO.Compression;
using System.Security.Cryptography;
using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A copy of a backup set that is kept as a Brotli file beside its own name. The manifest stays as it is: its hash is of
/// what is compressed. While the copy itself exists, it is the one that counts.
/// </summary>
/// <param name="file">The copy's own path.</param>
/// <param name="bytes">Its size.</param>
/// <param name="sha256">Its hash.</param>
internal sealed class CompressedCopy(string file, long bytes, string sha256)
{
    private const string Extension = ".br";
    private const string Unfinished = ".unfinished";
    private const int PieceBytes = 1 << 20;

    private string Compressed => file + Extension;

    /// <summary>True if only the compressed file is there.</summary>
    public bool Exists => !FileEntry.Exists(file) && FileEntry.Exists(Compressed);

    /// <summary>The size of the compressed file.</summary>
    public long Length => new FileInfo(Compressed).Length;

    /// <summary>The names beside a copy's that a compression, also a killed one, uses.</summary>
    public static IEnumerable<string> NamesBeside(string name) =>
        [name + Extension, name + Extension + Unfinished, name + Unfinished];

    /// <summary>
    /// Compresses the copy and removes it, after the compressed file is on disk and was read back. Killed before, the next
    /// call begins again.
    /// </summary>
    /// <returns>False if the copy was altered, or would not become smaller: it stays as it is.</returns>
    public Task<bool> CompressAsync(CancellationToken cancellationToken) =>
        ReplaceAsync(
            file,
            Compressed,
            async unfinished =>
            {
                using var from = OpenRead(file);
                using var to = new BrotliStream(unfinished, CompressionLevel.Fastest, leaveOpen: true);
                await PumpAsync(from, to, cancellationToken).ConfigureAwait(false);
            },
            async unfinished =>
                new FileInfo(unfinished).Length < bytes
                && await HashAsync(unfinished, cancellationToken).ConfigureAwait(false) == sha256,
            "CopyCompressed"
        );

    /// <summary>Brings the copy back, and removes the compressed file when the copy is on disk and has its hash.</summary>
    /// <exception cref="InvalidDataException">The compressed file was altered.</exception>
    /// <exception cref="IOException">There is no space, or it cannot be read.</exception>
    public async Task ExpandAsync(CancellationToken cancellationToken)
    {
        var hash = "";
        var isWhole = await ReplaceAsync(
                Compressed,
                file,
                async unfinished =>
                {
                    using var from = OpenCompressed(Compressed);
                    hash = await PumpAsync(from, unfinished, cancellationToken).ConfigureAwait(false);
                },
                _ => Task.FromResult(hash == sha256),
                "CopyExpanded"
            )
            .ConfigureAwait(false);
        if (!isWhole)
        {
            throw new InvalidDataException(Altered);
        }
    }

    /// <summary>Writes a file that takes another one's place once it is on disk. Killed before, the other one is still there.</summary>
    /// <returns>False if what was written is not wanted: nothing has changed.</returns>
    private static async Task<bool> ReplaceAsync(
        string from,
        string to,
        Func<FileStream, Task> writeAsync,
        Func<string, Task<bool>> isWantedAsync,
        string done
    )
    {
        var unfinished = to + Unfinished;
        OwnFile.Delete(unfinished);
        try
        {
            using (var target = DurableFile.Create(unfinished, from, FileAccess.Write, FileShare.Read))
            {
                await writeAsync(target).ConfigureAwait(false);
                DiskFlush.Run(target.SafeFileHandle);
            }
            if (!await isWantedAsync(unfinished).ConfigureAwait(false))
            {
                return false;
            }
            PatientFile.Replace(unfinished, to);
            FolderSync.Flush(Path.GetDirectoryName(to)!);
        }
        finally
        {
            Discard(unfinished);
        }
        CrashPoints.Pass(done);
        OwnFile.Delete(from);
        return true;
    }

    /// <summary>The next call removes what cannot be removed now: that must not hide why it is not whole.</summary>
    private static void Discard(string unfinished)
    {
        try
        {
            OwnFile.Delete(unfinished);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException) { }
    }

    /// <returns>What is wrong with the compressed file; <see langword="null"/> if the copy can be brought back.</returns>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await HashAsync(Compressed, cancellationToken).ConfigureAwait(false) == sha256 ? null : Altered;
        }
        catch (InvalidDataException failure)
        {
            return failure.Message;
        }
    }

    private string Altered => $"the compressed file '{Path.GetFileName(Compressed)}' was altered";

    private async Task<string> HashAsync(string compressed, CancellationToken cancellationToken)
    {
        using var from = OpenCompressed(compressed);
        return await PumpAsync(from, Stream.Null, cancellationToken).ConfigureAwait(false);
    }

    private static FileStream OpenRead(string path) => new(OwnFile.Open(path, FileAccess.Read), FileAccess.Read, 0);

    private static BrotliStream OpenCompressed(string path) => new(OpenRead(path), CompressionMode.Decompress);

    /// <summary>Moves the copy's bytes, and no more than it has: a file from outside may expand without end.</summary>
    /// <returns>Their hash.</returns>
    private async Task<string> PumpAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        var moved = 0L;
        for (
            int read;
            (read = await ReadAsync(from, piece, cancellationToken).ConfigureAwait(false)) > 0 && moved <= bytes;
            moved += read
        )
        {
            hash.AppendData(piece, 0, read);
            await to.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<int> ReadAsync(Stream from, byte[] piece, CancellationToken cancellationToken)
    {
        try
        {
            return await from.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
        }
        // Brotli's decoder throws it for data that is none.
        catch (InvalidOperationException failure)
        {
            throw new InvalidDataException(Altered, failure);
        }
    }
}
