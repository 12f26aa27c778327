using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A file of compiled migrations, which is either replaced completely or unchanged.</summary>
/// <param name="path">Its full path.</param>
internal sealed class CompiledFile(string path)
{
    public string Path => path;

    /// <summary>
    /// Reads the file; <see langword="null"/> if it does not exist or contains no compiled migrations.
    /// </summary>
    public CompiledMigrations? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            // Opening a pipe would wait for a writer.
            OwnFile.DemandRegular(path);
            using var stream = File.OpenRead(path);
            return CompiledMigrations.Read(stream);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>
    /// True if the file has the same content, regardless of the EF release that wrote it and of the
    /// migrations' line endings in a checkout.
    /// </summary>
    public bool Says(CompiledMigrations migrations) => Read()?.IsSameAs(migrations) == true;

    /// <summary>Writes the file unless it already has this content.</summary>
    /// <returns>True if it was written.</returns>
    /// <exception cref="CommandException">It cannot be written; the previous content is unchanged.</exception>
    public async Task<bool> WriteAsync(CompiledMigrations migrations, CancellationToken cancellationToken)
    {
        var file = new OutputFile(path, path);
        file.Demand([]);
        var bytes = migrations.ToJson();
        if (file.Replaces && (await File.ReadAllBytesAsync(path, cancellationToken)).SequenceEqual(bytes))
        {
            return false;
        }

        await file.WriteAsync(bytes, mode: null, cancellationToken);
        return true;
    }
}
