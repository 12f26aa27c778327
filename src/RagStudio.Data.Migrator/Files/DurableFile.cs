using System.Security.Cryptography;

namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Writes files of the backup folder: no more accessible than their database, and on disk when the method returns.
/// </summary>
internal static class DurableFile
{
    private const int PieceBytes = 1 << 20;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">The folder. An existing one is left as it is.</param>
    /// <param name="source">The database whose permissions it gets.</param>
    public static void CreateFolder(string path, string source)
    {
        if (Directory.Exists(path))
        {
            return;
        }
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
            SourceAccess.GiveFolder(path, source);
        }
    }

    /// <param name="path">The file, which must not exist.</param>
    /// <param name="source">The database whose permissions it gets, or a file beside it that has them.</param>
    /// <param name="access">What is done with it.</param>
    /// <param name="share">What others may do meanwhile.</param>
    public static FileStream Create(string path, string source, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = access,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        var file = new FileStream(path, options);
        try
        {
            SourceAccess.Give(file.SafeFileHandle, source);
            return file;
        }
        catch
        {
            // Its handle may say that this process is alive.
            file.Dispose();
            throw;
        }
    }

    /// <param name="path">The file, which must not exist.</param>
    /// <param name="content">The content.</param>
    /// <param name="source">The database whose permissions it gets, or a file beside it that has them.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteAsync(
        string path,
        ReadOnlyMemory<byte> content,
        string source,
        CancellationToken cancellationToken
    )
    {
        var file = Create(path, source, FileAccess.Write, FileShare.Read);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            DiskFlush.Run(file.SafeFileHandle);
        }
    }

    /// <summary>
    /// Computes the lower-case hexadecimal SHA-256 of a file; one piece is read while another core hashes the previous
    /// one. Must not be used for a database that is open in this process.
    /// </summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        using var file = OwnFile.Open(path, FileAccess.Read);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, next) = (new byte[PieceBytes], new byte[PieceBytes]);
        var hashing = Task.CompletedTask;
        try
        {
            int read;
            for (var offset = 0L; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await hashing.ConfigureAwait(false);
                var piece = buffer.AsMemory(0, read);
                hashing = Task.Run(() => hash.AppendData(piece.Span), CancellationToken.None);
                (buffer, next) = (next, buffer);
            }
        }
        finally
        {
            await hashing.ConfigureAwait(false);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
