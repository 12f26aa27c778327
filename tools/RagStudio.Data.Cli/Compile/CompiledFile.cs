using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A file of compiled migrations: there as a whole or as it was.</summary>
/// <param name="path">Its full path.</param>
internal sealed class CompiledFile(string path)
{
    public string Path => path;

    /// <summary>What the file has; <see langword="null"/> where there is none, or it holds no compiled migrations.</summary>
    public CompiledMigrations? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            // Opening a pipe would wait for somebody who writes into it.
            OwnFile.DemandRegular(path);
            using var stream = File.OpenRead(path);
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
