using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>restore</c></summary>
internal sealed class RestoreCommand
{
    private const string Description = """
        Replace the databases with the copies in a backup set, as one unit.

        The set is verified first, and the current databases are backed up: restoring that safety backup undoes the restore.
        A damaged set is refused (exit code 4), and so is an unknown one (exit code 11). The data directory is created if its
        parent exists. --even-damaged allows a copy of a database that was already damaged when it was backed up, but not a
        copy that has changed since.

        A set of other databases is refused (exit code 11), and so is a set made by an earlier version that does not record
        its source. --of-another-database restores it anyway.

        A set may hold fewer databases than there are, after 'rollback --database app_meta' for example. Those that it holds are
        restored, and the versions of the others are shown; if that would break references across the databases, nothing changes
        (exit code 4), and the command that restores them alone is shown.

        On a server the set is restored into a new database, which takes the place of the old one in a moment. Sessions of
        others are ended for it. The old database stays on the server under another name, which is shown.

        Prompts for confirmation; pass --yes in scripts.

        Examples:
          ragstudio-db restore 20260722T101500123Z_0a1b2c3d4e5f
          ragstudio-db restore 20260722T101500123Z_0a1b2c3d4e5f --of-another-database
        """;

    private readonly Argument<string> _id = new("backup id")
    {
        Description = "The id of the set, as shown by 'backup list'.",
    };

    private readonly Option<bool> _ofAnother = new("--of-another-database")
    {
        Description = "Replace the databases with copies of other or unknown databases.",
    };

    private readonly Option<bool> _evenDamaged = new("--even-damaged")
    {
        Description = "Restore a copy of a database that was already damaged when it was backed up.",
    };

    public static Command Create(CommandRunner runner)
    {
        var restore = new RestoreCommand();
        var command = new Command("restore", Description) { restore._id, restore._ofAnother, restore._evenDamaged };
        return runner.Attach(command, restore.RestoreAsync);
    }

    private async Task<ExitCode> RestoreAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        var ofAnother = context.Parsed.GetValue(_ofAnother);
        var evenDamaged = context.Parsed.GetValue(_evenDamaged);
        context.Configure(options =>
            (options.RestoreSetsOfOtherDatabases, options.RestoreDamaged) = (ofAnother, evenDamaged)
        );
        DemandRestorable(context);
        context.DemandBackupFolder();
        var set = await FindAsync(context, cancellationToken);
        await context.Confirmation.DemandAsync(
            () =>
                Task.FromResult(
                    RestoreView.Question(
                        set,
                        context.Settings.Database,
                        ofAnother,
                        context.OnServers.Count > 0,
                        leavesOthers: set.Databases.Count < context.Databases.Count
                    )
                ),
            cancellationToken
        );
        DataDirectory.Ensure(context.Folders);
        var summary = await RestoreAsync(context, set.Id, cancellationToken);
        context.Output.Write(RestoreDocument.From(summary), display => RestoreView.Show(display, summary));
        return ExitCode.Done;
    }

    private static void DemandRestorable(CommandContext context)
    {
        if (context.OnServers.FirstOrDefault(database => database.Storage.CannotBackUp is not null) is { } database)
        {
            throw new CommandException(
                ExitCode.Refused,
                $"{database.Name} cannot be restored by this tool. {database.Storage.CannotBackUp} Nothing was changed."
            );
        }
    }

    /// <summary>Runs before anything is locked: a mistyped name leaves no trace.</summary>
    private async Task<BackupSet> FindAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var id = context.Parsed.GetValue(_id);
        var sets = await context.Manager.Backups.ListAsync(cancellationToken);
        if (sets.FirstOrDefault(set => set.Id == id) is { } own)
        {
            return own is { IsKept: false, Elsewhere.Count: 0 }
                ? own
                : throw new CommandException(
                    ExitCode.Refused,
                    own.IsKept
                        ? $"'{id}' is kept in the database, and comes back when its migrations are undone. Nothing was changed. Use 'rollback', or 'migrate' after a rollback."
                        : $"'{id}' is not here: {string.Join(", ", own.Elsewhere)}. Nothing was changed."
                );
        }
        var others = await context.ListAllBackupsAsync(cancellationToken);
        var unreadable = await context.Manager.Backups.ListUnreadableAsync(cancellationToken);
        if (unreadable.FirstOrDefault(set => set.Id == id) is { } damaged)
        {
            throw new CommandException(
                ExitCode.Failed,
                $"the backup '{id}' cannot be restored: {damaged.Fault.TrimEnd('.')}. Nothing was changed."
            );
        }

        throw others.FirstOrDefault(set => set.Id == id) is { } other
            ? new CommandException(
                ExitCode.Refused,
                $"the backup '{id}' is not a backup of the databases in {context.Place}, but of {RestoreView.Sources(other)}. Nothing was changed. Restore it there, or pass --of-another-database to replace the databases here."
            )
            : new CommandException(
                ExitCode.Refused,
                $"there is no backup '{id}'. Nothing was changed. 'ragstudio-db backup list' shows the available backups."
            );
    }

    private static async Task<RestoreSummary> RestoreAsync(
        CommandContext context,
        string id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await context.Output.WithProgressAsync(bar =>
                context.Manager.RestoreAsync(id, MigrationProgressText.On(bar), cancellationToken)
            );
        }
        // The set itself is unusable. If the safety backup fails, the error names a different path.
        catch (BackupFailedException error) when (Path.GetFileName(error.BackupPath) == id)
        {
            throw new CommandException(ExitCode.Failed, error.Message, error);
        }
    }
}
