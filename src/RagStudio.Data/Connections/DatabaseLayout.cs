using System.Text.Json;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// Detects from the files' content if the events of a folder are in <c>app_meta.db</c> or in a separate file. Any other layout would create a
/// second, empty event store beside the full one.
/// </summary>
internal static class DatabaseLayout
{
    public const string AppMetaFile = "app_meta.db";
    public const string EventsFile = "events.db";
    public const string SingleHistoryTable = "__EFMigrationsHistory_Events";
    public const string SplitHistoryTable = "__EFMigrationsHistory";

    private const string Setting = $"--single-database ({RagStudioDataOptions.SectionName}:SingleDatabase)";

    /// <returns>
    /// True if both contexts share one file: according to the files, otherwise to the configuration,
    /// otherwise false.
    /// </returns>
    /// <param name="options">The location of the databases and the configured layout.</param>
    /// <param name="wait">How long to wait for a run that holds them.</param>
    /// <exception cref="DatabaseLayoutException">
    /// The files contradict the configuration, or there are two event stores.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process held a file for the whole wait.</exception>
    public static bool IsSingle(RagStudioDataOptions options, TimeSpan wait)
    {
        var folder = Path.GetFullPath(options.DataDirectory);
        var single = StoredEvents.Find(Path.Combine(folder, AppMetaFile), SingleHistoryTable, wait);
        // A normal start reads one file: the other matters only if the first contains a store or the
        // configuration asks for that.
        var split =
            single.Exist || options.SingleDatabase == true
                ? StoredEvents.Find(Path.Combine(folder, EventsFile), SplitHistoryTable, wait)
                : StoredEvents.None;
        return Find(folder, single, split, options.SingleDatabase) is not { } isSingle
                ? options.SingleDatabase ?? IsSingleInJournal(Path.Combine(folder, AppMetaFile)) ?? false
            : options.SingleDatabase is { } wanted && wanted != isSingle
                ? throw Mismatch(folder, isSingle, isSingle ? single : split)
            : isSingle;
    }

    /// <summary>
    /// Finds the layout in the files. A store without rows yields to one with rows: it was created by
    /// mistake.
    /// </summary>
    /// <returns>
    /// <see langword="null"/> if there is no store, or there are two and no evidence which one is right.
    /// </returns>
    private static bool? Find(string folder, StoredEvents single, StoredEvents split, bool? wanted) =>
        (single.Exist, split.Exist) switch
        {
            (true, false) => true,
            (false, true) => false,
            (true, true) when single.HasRows != split.HasRows => single.HasRows,
            (true, true) when single.HasRows && wanted is null => throw Both(folder),
            _ => null,
        };

    private static DatabaseLayoutException Mismatch(string folder, bool isSingle, StoredEvents found)
    {
        var (file, other) = isSingle ? (AppMetaFile, EventsFile) : (EventsFile, AppMetaFile);
        return new DatabaseLayoutException(
            folder,
            $"The events in '{folder}' are in '{file}', for {found.Evidence}; {Setting} being {(isSingle ? "false" : "true")} asks for them in '{other}', which would be a second, empty event store.",
            $"Leave that setting out, or set it to {(isSingle ? "true" : "false")}."
        );
    }

    private static DatabaseLayoutException Both(string folder) =>
        new(
            folder,
            $"There are events in '{AppMetaFile}' and in '{EventsFile}' of '{folder}': two event stores, both with rows.",
            $"Look which one is right, and say so with {Setting}: true for '{AppMetaFile}', false for '{EventsFile}'. The other one is left as it is."
        );

    /// <summary>
    /// A run that was killed while it created or emptied the databases has left no table as evidence, but a
    /// journal that names the files.
    /// </summary>
    private static bool? IsSingleInJournal(string appMeta)
    {
        var journal = appMeta + ".run-journal";
        if (!File.Exists(journal))
        {
            return null;
        }
        try
        {
            using var begun = JsonDocument.Parse(File.ReadLines(journal).FirstOrDefault() ?? "");
            var databases = begun.RootElement.GetProperty("begun").GetProperty("databases").EnumerateArray().ToArray();
            return databases.Length > 1
                ? databases.All(database => Path.GetFileName(database.GetProperty("path").GetString()) == AppMetaFile)
                : null;
        }
        // A torn first line was never acted upon. Any other fault of a journal is reported by its recovery.
        catch (Exception failure)
            when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
