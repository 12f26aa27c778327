using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A file of compiled migrations: there as a whole or as it was.</summary>
/// <param name="path">Its full path.</param>
internal sealed class CompiledFile(string path)
{
    public string Path => path;

    /// <summary>What the file has; <see langword="null"/> where there is none, or it cannot be read.</summary>
    public CompiledMigrations? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = File.OpenRead(path);
        try
        {
            return CompiledMigrations.Read(stream);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Whether the file says the same, whichever release of EF wrote it and whatever line ends the migrations had in a checkout.</summary>
    public bool Says(CompiledMigrations migrations) => Read()?.IsSameAs(migrations) == true;

    /// <summary>Writes the file, where it is not just that.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="CommandException">It cannot be written; what was there is there still.</exception>
    public async Task<bool> WriteAsync(CompiledMigrations migrations, CancellationToken cancellationToken)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var bytes = migrations.ToJson();
            if (File.Exists(path) && (await File.ReadAllBytesAsync(path, cancellationToken)).SequenceEqual(bytes))
            {
                return false;
            }

            await WriteAsync(draft, bytes, cancellationToken);
            File.Move(draft, path, overwrite: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"'{path}' cannot be written: {error.Message}", error);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task WriteAsync(string draft, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write);
        await stream.WriteAsync(bytes, cancellationToken);
        stream.Flush(flushToDisk: true);
    }
}
