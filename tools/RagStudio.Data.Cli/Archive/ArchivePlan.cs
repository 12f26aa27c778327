using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Cli;

/// <summary>The migrations that are to be archived, and the files that this concerns.</summary>
/// <param name="Database">The database.</param>
/// <param name="Before">The oldest migration that stays.</param>
/// <param name="Versions">The migrations that are not yet archived, in order.</param>
/// <param name="Archive">The full path of the archive.</param>
/// <param name="Content">The content of the archive.</param>
/// <param name="Compiled">The file of compiled migrations; <see langword="null"/> if there is none.</param>
/// <param name="Rest">What is compiled of the migrations that stay.</param>
/// <param name="Files">The full paths of the source files to delete.</param>
internal sealed record ArchivePlan(
    IMigrationDatabase Database,
    string Before,
    IReadOnlyList<string> Versions,
    string Archive,
    byte[] Content,
    CompiledFile? Compiled,
    CompiledMigrations Rest,
    IReadOnlyList<string> Files
)
{
    /// <summary>
    /// Archives the migrations. Each file is on the disk before the next step: the archive, which is read back and proved;
    /// the compiled rest; the list of the files to delete. Whatever ends it before leaves a program that builds and has every
    /// migration; whatever ends it then is finished by the next run.
    /// </summary>
    /// <returns>True if the archived migrations were proved to create the schema that the program's created.</returns>
    /// <exception cref="CommandException">A file cannot be written, or says something else than was written.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Archive)!;
        var file = new OutputFile(Archive, Archive);
        file.Demand([]);
        await file.WriteAsync(Content, mode: null, cancellationToken);
        FolderSync.Flush(folder);
        var isProved = await ProveAsync(cancellationToken);
        if (Compiled is not null)
        {
            await Compiled.WriteAsync(Rest, cancellationToken);
            FolderSync.Flush(folder);
        }
        var pending = PendingDeletion.Of(Archive, Files);
        await pending.WriteAsync(Archive, cancellationToken);
        pending.Finish(Archive);
        return isProved;
    }

    private async Task<bool> ProveAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var written = File.OpenRead(Archive);
            return await MigrationArchiver.ProveAsync(Database, MigrationArchive.Read(written), cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            throw new CommandException(
                ExitCode.Refused,
                $"{error.Message} No source file was deleted; '{Archive}' can be deleted.",
                error
            );
        }
    }
}
