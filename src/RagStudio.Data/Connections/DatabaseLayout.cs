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
        var found = Find(options.DataDirectory, options.SingleDatabase, options.SingleDatabase == true, wait);
        return found.Evidence is null
            ? options.SingleDatabase ?? found.IsSingle ?? false
            : Demand(
                Path.GetFullPath(options.DataDirectory),
                found.IsSingle!.Value,
                options.SingleDatabase,
                found.Evidence
            );
    }

    /// <summary>Determines if the events have to be moved.</summary>
    /// <param name="options">The location of the databases and the configured layout.</param>
    /// <param name="toSingle">True to have them in <c>app_meta.db</c>.</param>
    /// <param name="wait">How long to wait for a run that holds them.</param>
    /// <returns>False if they are there already, or there are none.</returns>
    /// <exception cref="DatabaseLayoutException">
    /// The configuration contradicts the move, or there are two event stores.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process held a file for the whole wait.</exception>
    public static bool NeedsMove(RagStudioDataOptions options, bool toSingle, TimeSpan wait)
    {
        if (options.SingleDatabase == !toSingle)
        {
            throw new DatabaseLayoutException(
                Path.GetFullPath(options.DataDirectory),
                $"{Setting} is {(toSingle ? "false" : "true")}, which contradicts the move: the next start would not find the events.",
                $"Leave that setting out, or set it to {(toSingle ? "true" : "false")}, in every program that uses the databases."
            );
        }
        return Find(options.DataDirectory, wanted: null, readsBoth: true, wait) is { Evidence: not null } found
            && found.IsSingle != toSingle;
    }

    /// <summary>Finds the layout, and the evidence for it; without evidence it is a guess.</summary>
    private static (bool? IsSingle, string? Evidence) Find(
        string directory,
        bool? wanted,
        bool readsBoth,
        TimeSpan wait
    )
    {
        var folder = Path.GetFullPath(directory);
        var (appMeta, events) = (Path.Combine(folder, AppMetaFile), Path.Combine(folder, EventsFile));
        var journal = LayoutInJournal.Read(appMeta);
        if (journal is { Moves: true, IsSingle: { } began })
        {
            return (began, "an interrupted move began with them there");
        }
        var single = StoredEvents.Find(appMeta, SingleHistoryTable, wait);
        // A normal start reads one file: the other matters only if the first contains a store, the configuration
        // asks for that, or a move was killed at its very end.
        var split =
            single.Exist || readsBoth || journal.HasMoved
                ? StoredEvents.Find(events, SplitHistoryTable, wait)
                : StoredEvents.None;
        var isSingle =
            single.Exist && split.Exist && IsLeftover(events, appMeta, wait)
                ? true
                : Find(folder, single, split, wanted);
        return isSingle is { } found ? (found, (found ? single : split).Evidence) : (journal.IsSingle, null);
    }

    /// <exception cref="DatabaseLayoutException">The configuration asks for the other layout.</exception>
    private static bool Demand(string folder, bool found, bool? wanted, string evidence) =>
        wanted is null || wanted == found ? found : throw Mismatch(folder, found, evidence);

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

    /// <summary>
    /// True if <c>events.db</c> is the copy of a move that was undone: what it was made from knows nothing of the run, and
    /// has every event of it. Otherwise an older <c>app_meta.db</c> may have been put back, and only a person can decide.
    /// </summary>
    private static bool IsLeftover(string events, string appMeta, TimeSpan wait) =>
        StoredEvents.ReadMoves(events, wait) is [.., { Event: nameof(MigrationEvent.Relocated) } last]
        && !StoredEvents.ReadMoves(appMeta, wait).Any(move => move.Run == last.Run)
        && StoredEvents.ReadNewest(events, wait) <= StoredEvents.ReadNewest(appMeta, wait);

    private static DatabaseLayoutException Mismatch(string folder, bool isSingle, string evidence)
    {
        var (file, other) = isSingle ? (AppMetaFile, EventsFile) : (EventsFile, AppMetaFile);
        return new DatabaseLayoutException(
            folder,
            $"The events in '{folder}' are in '{file}', for {evidence}; {Setting} being {(isSingle ? "false" : "true")} asks for them in '{other}', which would be a second, empty event store.",
            $"Leave that setting out, or set it to {(isSingle ? "true" : "false")}."
        );
    }

    private static DatabaseLayoutException Both(string folder) =>
        new(
            folder,
            $"There are events in '{AppMetaFile}' and in '{EventsFile}' of '{folder}': two event stores, both with rows.",
            $"Look which one is right, and say so with {Setting}: true for '{AppMetaFile}', false for '{EventsFile}'. The other one is left as it is."
        );
}
