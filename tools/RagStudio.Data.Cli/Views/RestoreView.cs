using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the question and the result of <c>restore</c>.</summary>
internal static class RestoreView
{
    /// <param name="set">The set to restore.</param>
    /// <param name="only">The only database to restore; <see langword="null"/> for all.</param>
    /// <param name="ofAnother">True if the set may belong to other files.</param>
    /// <param name="onServer">True if a server keeps what is replaced.</param>
    /// <param name="leavesOthers">True if there are databases that the set does not hold.</param>
    /// <returns>The question to the user.</returns>
    public static IReadOnlyList<string> Question(
        BackupSet set,
        string? only,
        bool ofAnother,
        bool onServer = false,
        bool leavesOthers = false
    ) =>
        [
            $"The backup {set.Id} was made at {ReadableText.Time(set.CreatedAt)} ({BackupView.ReasonOf(set)}).",
            .. ofAnother
                ? [$"It is a backup of {Sources(set)}. The databases here will contain its rows and none of their own."]
                : set.Databases.Where(database => only is null || database.Name == only).Select(Describe),
            .. leavesOthers ? ["The databases that it does not hold stay as they are."] : Array.Empty<string>(),
            onServer
                ? "Everything written since then is lost, except in the replaced database, which stays on the server under another name. Its sessions are ended."
                : "Everything written since then is lost, except in the backup that is made first.",
        ];

    /// <summary>The files that a set was made from, as recorded in it.</summary>
    public static string Sources(BackupSet set) =>
        string.Join(
            " and ",
            set.Databases.Select(database =>
                    database.Path is { } path ? $"'{path}'" : $"an unnamed file '{database.Name}'"
                )
                .Distinct()
        );

    public static void Show(IDisplay display, RestoreSummary summary)
    {
        display.Line(
            $"Restored the backup {summary.BackupId} in {ReadableText.Duration(summary.TotalDuration)}.",
            Tone.Good
        );
        foreach (var left in summary.Left)
        {
            display.Line(
                $"{left.Database} is not in that backup and stays at {left.Version ?? "no migration"}.",
                Tone.Attention
            );
        }
        if (summary.SafetyBackupId is not null)
        {
            display.Line($"The replaced databases are in the backup {summary.SafetyBackupId}.");
        }
        foreach (var kept in summary.Replaced)
        {
            display.Line($"What it replaced is kept as {kept}. Drop it when nobody needs it any more.");
        }
        BackupView.ShowPruned(display, summary.PrunedBackups);
    }

    private static string Describe(BackupDatabase database) =>
        database.File is null
            ? $"{database.Name} did not exist then and will be empty."
            : $"{database.Name} returns to its state then, at {database.MigrationId ?? "no migration"}.";
}
