using System.Text;
using System.Text.Json;
using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Cli;

/// <summary>
/// Finds the journals of killed runs that worked on a different selection of an application's contexts.
/// </summary>
internal static class ForeignJournals
{
    private const string Suffix = ".run-journal";

    /// <summary>
    /// Finds a journal that concerns one of the databases and that a run with all of them would not look at.
    /// </summary>
    public static string? Find(Application application)
    {
        var files = application.Files;
        return application
            .Folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Suffix))
            .Where(journal => !FileIdentity.AreSame(journal, files[0] + Suffix))
            .FirstOrDefault(journal => FilesIn(journal).Any(file => files.Any(own => FileIdentity.AreSame(file, own))));
    }

    /// <summary>
    /// Returns the databases of a journal by their present paths, relative to the database that the journal
    /// lies beside, and by their recorded paths.
    /// </summary>
    private static IEnumerable<string> FilesIn(string journal)
    {
        var paths = PathsIn(journal);
        var beside = paths.Find(path => Path.GetFileName(path) + Suffix == Path.GetFileName(journal));
        var here = paths.Select(path => beside is null ? null : FileIdentity.Follow(path, beside, journal));
        return here.OfType<string>().Concat(paths.Where(Path.IsPathFullyQualified)).Select(FileIdentity.Resolve);
    }

    private static List<string> PathsIn(string journal)
    {
        try
        {
            using var begun = JsonDocument.Parse(FirstLineOf(journal));
            var databases = begun.RootElement.GetProperty("begun").GetProperty("databases");
            return
            [
                .. databases
                    .EnumerateArray()
                    .Select(database => database.GetProperty("path").GetString())
                    .OfType<string>()
                    .Where(path => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal)),
            ];
        }
        // A torn first line was never acted upon: that run had changed nothing. Any other damage stops the
        // run itself, with the journal's name.
        catch (Exception error)
            when (error
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or InvalidDataException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return [];
        }
    }

    private static string FirstLineOf(string journal) => Encoding.UTF8.GetString(OwnFile.Read(journal)).Split('\n')[0];
}
