using System.Text.Json;

namespace RagStudio.Data.Cli;

/// <summary>Finds what is left of a run that died when it worked on another choice of an application's contexts.</summary>
internal static class ForeignJournals
{
    private const string Suffix = ".run-journal";

    /// <summary>A journal that concerns one of the databases and that a run with all of them would not look at.</summary>
    public static string? Find(Application application)
    {
        var own = application.Contexts[0].Path + Suffix;
        var paths = application.Contexts.Select(context => context.Path).ToHashSet(StringComparer.Ordinal);
        return application
            .Folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Suffix))
            .FirstOrDefault(journal => journal != own && PathsIn(journal).Any(paths.Contains));
    }

    private static List<string> PathsIn(string journal)
    {
        try
        {
            using var begun = JsonDocument.Parse(File.ReadLines(journal).FirstOrDefault() ?? "");
            var databases = begun.RootElement.GetProperty("begun").GetProperty("databases");
            return [.. databases.EnumerateArray().Select(database => database.GetProperty("path").GetString()!)];
        }
        // A first line that is torn was never acted upon: that run had changed nothing.
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }
}
