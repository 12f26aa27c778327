namespace RagStudio.Data.Cli;

/// <summary>Reads a whole file as text.</summary>
internal static class SourceReader
{
    /// <summary>The largest file that is accepted, because a file is split in memory as a whole.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UnreadableFileException">It cannot be opened or read, is too large, or is not text.</exception>
    public static async Task<SourceText> ReadAsync(SourceFile file, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(file.FullPath, cancellationToken);
        return new SourceText(TextDecoder.Decode(bytes), Sha256Hex.Compute(bytes), bytes.Length);
    }

    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            // A pipe with a text file's name has length 0, and opening it would wait for a writer forever.
            var length = new FileInfo(path).Length;
            if (length > MaxBytes)
            {
                throw new UnreadableFileException($"it is larger than {ReadableText.Size(MaxBytes)}");
            }

            return length == 0 ? [] : await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException("it cannot be opened: " + error.Message, error);
        }
    }
}
