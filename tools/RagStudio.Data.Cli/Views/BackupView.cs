using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows backup sets.</summary>
internal static class BackupView
{
    private static readonly string[] Columns = ["Backup", "Reason", "Size", "Check", "Databases", "Content"];

    public static void ShowCreated(IDisplay display, BackupSet set)
    {
        display.Line($"Made the backup {set.Id} ({ReadableText.Size(set.SizeBytes)}).", Tone.Good);
        foreach (var database in set.Databases.Where(database => database.File is not null))
        {
            if (database.Check == BackupDatabase.NotRestored)
            {
                display.Line(
                    $"{database.Name} was copied, and the copy can be read, but it was not restored to check it: {database.Warning}.",
                    Tone.Attention
                );
            }
            else if (database.Check != BackupDatabase.CheckPassed)
            {
                display.Line(
                    $"{database.Name} is damaged, and so is the copy: {database.Check}. Restoring it requires --even-damaged.",
                    Tone.Bad
                );
            }
            else if (database.Warning is { } warning)
            {
                display.Line($"{database.Name} was copied with a problem: {warning}.", Tone.Attention);
            }
        }
        ShowPruned(display, set.PrunedBackups);
    }

    /// <summary>Shows the old sets that were removed because of a new one, if any.</summary>
    public static void ShowPruned(IDisplay display, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            display.Line($"Removed the old backup {id}.");
        }
    }

    public static void ShowVerified(
        IDisplay display,
        IReadOnlyList<BackupVerification> results,
        IReadOnlyList<UnreadableBackup> unreadable
    )
    {
        if (results.Count + unreadable.Count == 0)
        {
            display.Line("There are no backups.");
            return;
        }

        display.Table(new TableContent(Columns, results.Select(result => Row(result.Backup, result.IsGood))));
        foreach (var result in results)
        {
            foreach (var fault in result.Faults)
            {
                display.Line($"{result.Backup.Id}: {fault}", Tone.Bad);
            }
        }

        ShowUnreadable(display, unreadable);
    }

    /// <returns>The question to the user; empty if there are no sets at all.</returns>
    public static IReadOnlyList<string> PruneQuestion(IReadOnlyList<BackupSet> sets, MigrationOptions limits)
    {
        if (sets.Count == 0)
        {
            return [];
        }

        var size = ReadableText.Size(sets.Sum(set => set.SizeBytes));
        return
        [
            $"{ReadableText.Count(sets.Count, "backup")}, {size} in total.",
            $"Backups that exceed a limit ({string.Join(", ", Limits(limits))}) will be removed. The newest good one is kept.",
        ];
    }

    public static void ShowRemoved(IDisplay display, IReadOnlyList<BackupSet> removed)
    {
        foreach (var set in removed)
        {
            display.Line($"Removed the backup {set.Id} ({ReadableText.Size(set.SizeBytes)}).");
        }

        display.Line(
            removed.Count == 0 ? "No backup was removed." : $"Removed {ReadableText.Count(removed.Count, "backup")}.",
            Tone.Good
        );
    }

    public static void ShowList(
        IDisplay display,
        IReadOnlyList<BackupSet> sets,
        IReadOnlyList<UnreadableBackup> unreadable
    )
    {
        if (sets.Count + unreadable.Count == 0)
        {
            display.Line("There are no backups.");
        }

        display.Table(new TableContent(Columns, sets.Select(set => Row(set, set.Verified))));
        ShowUnreadable(display, unreadable);
    }

    public static string ReasonOf(BackupSet set) =>
        set.Reason switch
        {
            BackupReason.BeforeMigration => "before a migration",
            BackupReason.BeforeRollback => "before a rollback",
            BackupReason.BeforeRestore => "before a restore",
            BackupReason.Interrupted => "left by an interrupted run",
            _ => "manual",
        };

    public static string CheckOf(BackupSet set, bool isGood) =>
        !isGood
            ? set.Databases.Any(database => database.Check == BackupDatabase.NotRestored)
                ? "not restored"
                : set.Databases.Any(database => database.Check == BackupDatabase.NotChecked)
                    ? "not checked"
                    : "damaged"
            : set.IsKept || set.Elsewhere.Count == 0
                ? "ok"
                : "not here";

    /// <summary>What is kept in the database, with its rows, and what is elsewhere; for a copy, that it is one.</summary>
    public static IEnumerable<string> ContentOf(BackupSet set) =>
        set.IsKept || set.Elsewhere.Count > 0
            ?
            [
                .. from database in set.Databases
                from table in database.Rows ?? new Dictionary<string, long>()
                orderby table.Key
                select $"kept {table.Key}: {ReadableText.Count(table.Value, "row")}",
                .. set.Elsewhere,
            ]
            : ["copies"];

    private static void ShowUnreadable(IDisplay display, IReadOnlyList<UnreadableBackup> sets)
    {
        foreach (var set in sets)
        {
            display.Line($"{set.Id}: {set.Fault}", Tone.Bad);
        }
    }

    private static IEnumerable<string> Limits(MigrationOptions limits)
    {
        yield return ReadableText.Count(limits.BackupsToKeep, "backup");
        if (limits.BackupMaxAge is { } age)
        {
            yield return FormattableString.Invariant($"{age.TotalDays:0.###} days");
        }

        if (limits.BackupMaxBytes is { } bytes)
        {
            yield return ReadableText.Size(bytes);
        }
    }

    private static string[] Row(BackupSet set, bool isGood) =>
        [
            set.Id,
            ReasonOf(set),
            ReadableText.Size(set.SizeBytes),
            CheckOf(set, isGood),
            string.Join(", ", set.Databases.Select(database => database.Name)),
            string.Join(", ", ContentOf(set)),
        ];
}
