using System.Text.Json;

namespace RagStudio.Data;

/// <summary>
/// The journal of a run, as far as it tells where the events are. A run that was killed while it moved, created or emptied
/// them has left no table as evidence, or a table too many.
/// </summary>
/// <param name="IsSingle">
/// True if the run began with all databases in <c>app_meta.db</c>; <see langword="null"/> if it concerned one of them only.
/// </param>
/// <param name="Moves">
/// True if it moves the events and has not ended. It is undone as a whole until it has: the files do not count.
/// </param>
/// <param name="HasMoved">True if it has moved them and lacks only its end.</param>
internal sealed record LayoutInJournal(bool? IsSingle, bool Moves, bool HasMoved)
{
    private static readonly LayoutInJournal None = new(null, Moves: false, HasMoved: false);

    /// <param name="appMeta">The path of <c>app_meta.db</c>, with which the journal is.</param>
    public static LayoutInJournal Read(string appMeta)
    {
        var journal = appMeta + ".run-journal";
        if (!File.Exists(journal))
        {
            return None;
        }
        try
        {
            var text = File.ReadAllText(journal);
            // A torn last line was never acted upon.
            var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines is [var first, ..] ? Read(first, lines[^1]) : None;
        }
        // Any other fault of a journal is reported by its recovery.
        catch (Exception failure)
            when (failure
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return None;
        }
    }

    private static LayoutInJournal Read(string first, string last)
    {
        using var begun = JsonDocument.Parse(first);
        using var newest = JsonDocument.Parse(last);
        var plan = begun.RootElement.GetProperty("begun");
        var databases = plan.GetProperty("databases").EnumerateArray().ToArray();
        bool? isSingle =
            databases.Length > 1
                ? Array.TrueForAll(
                    databases,
                    database => Path.GetFileName(database.GetProperty("path").GetString()) == DatabaseLayout.AppMetaFile
                )
                : null;
        var isMove = plan.TryGetProperty("activity", out var activity) && activity.GetString() == "relocate";
        var hasEnded = newest.RootElement.GetProperty("event").GetString() != "begun";
        return new LayoutInJournal(isSingle, isMove && !hasEnded, isMove && hasEnded);
    }
}
