using System.Security.Cryptography;
using System.Text.Json;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>
/// The source files that are to be deleted once their migrations are archived, as they are written down before the first of
/// them goes. Whoever finds the list finishes it.
/// </summary>
/// <param name="Files">Their paths, relative to the list's folder, with the SHA-256 of their contents.</param>
internal sealed record PendingDeletion(IReadOnlyDictionary<string, string> Files)
{
    private const string Ending = ".pending";

    public static string PathFor(string archive) => archive + Ending;

    /// <summary>Finds the archives of interrupted runs, beside which there is a list.</summary>
    /// <returns>The full paths of the archives.</returns>
    public static IEnumerable<string> ArchivesIn(ProjectFolder project) =>
        project.Named(PathFor("*.archive.migrations.json")).Select(list => list[..^Ending.Length]);

    public static PendingDeletion Of(string archive, IEnumerable<string> files) =>
        new(
            files.ToDictionary(
                file => Path.GetRelativePath(Path.GetDirectoryName(archive)!, file).Replace('\\', '/'),
                file => HashOf(file)
            )
        );

    /// <summary>Reads the list beside an archive; <see langword="null"/> if there is none.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static PendingDeletion? Read(string archive)
    {
        var path = PathFor(archive);
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return new PendingDeletion(
                JsonSerializer.Deserialize<Dictionary<string, string>>(OwnFile.Read(path)) ?? []
            );
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw CommandException.Usage(
                $"'{path}', the list of the files that an interrupted archive would have deleted, cannot be read. Delete it, then archive again.",
                error
            );
        }
    }

    /// <summary>Writes the list, and returns when it is on the disk.</summary>
    public async Task WriteAsync(string archive, CancellationToken cancellationToken)
    {
        var path = PathFor(archive);
        var file = new OutputFile(path, path);
        file.Demand([]);
        await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Files), mode: null, cancellationToken);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Refuses a list that somebody else may have written.</summary>
    /// <exception cref="CommandException">It names anything but source files of the project.</exception>
    public void DemandSources(string archive, ProjectFolder project)
    {
        var folder = Path.GetDirectoryName(archive)!;
        if (
            Files
                .Keys.Select(name => Path.GetFullPath(name, folder))
                .FirstOrDefault(file => File.Exists(file) && !project.Has(file)) is
            { } strange
        )
        {
            throw CommandException.Usage(
                $"'{PathFor(archive)}' lists '{strange}', which is no source file of the project. Nothing was deleted. Delete the list, then archive again."
            );
        }
    }

    /// <summary>Deletes what is still there as it was, and then the list.</summary>
    /// <returns>The full paths of the deleted files.</returns>
    /// <exception cref="CommandException">A file was changed meanwhile. It, and those after it, are still there.</exception>
    public IReadOnlyList<string> Finish(string archive)
    {
        DemandArchive(archive);
        var folder = Path.GetDirectoryName(archive)!;
        var deleted = new List<string>();
        foreach (var (name, hash) in Files)
        {
            var file = Path.GetFullPath(name, folder);
            if (!File.Exists(file))
            {
                continue;
            }
            if (HashOf(file) != hash)
            {
                throw CommandException.Usage(
                    $"'{file}' was changed after its migration was archived, and was not deleted. Undo the change, or delete '{PathFor(archive)}' to keep the file; then archive again."
                );
            }
            OwnFile.Delete(file);
            deleted.Add(file);
        }
        foreach (var changed in deleted.Select(file => Path.GetDirectoryName(file)!).Distinct())
        {
            FolderSync.Flush(changed);
        }
        OwnFile.Delete(PathFor(archive));
        return deleted;
    }

    private static void DemandArchive(string archive)
    {
        try
        {
            using var stream = File.OpenRead(archive);
            MigrationArchive.Read(stream).Verify();
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw CommandException.Usage(
                $"'{archive}' cannot be read, so no source file was deleted: {error.Message} Delete '{PathFor(archive)}', then archive again.",
                error
            );
        }
    }

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(OwnFile.Read(file)));
}
