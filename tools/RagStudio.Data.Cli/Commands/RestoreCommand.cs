using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>restore</c></summary>
internal sealed class RestoreCommand
{
    private const string Description = """
        Replace the databases by the copies of a backup set, as one unit.

        The set is checked first, and what is replaced is backed up first: restoring that safety backup takes you back.
        A set that is damaged is refused (exit code 4), an unknown one too (exit code 11). A missing data directory is
        made if only it is missing. With --even-damaged a copy of a database that was damaged already is restored; one that was
        altered since is not.

        A set of other files than these databases is refused (exit code 11), and so is one made by an earlier version of
        which it cannot be told what it is of. With --of-another-database it is restored all the same.

        It asks before it begins; where nobody can answer, it wants --yes.

        Examples:
          ragstudio-db restore 20260722T101500123Z_0a1b2c3d4e5f
          ragstudio-db restore 20260722T101500123Z_0a1b2c3d4e5f --of-another-database
        """;

    private readonly Argument<string> _id = new("backup id")
    {
        Description = "The name of the set, as 'backup list' shows it.",
    };

    private readonly Option<bool> _ofAnother = new("--of-another-database")
    {
        Description = "Replace the databases by copies of other files, or of unknown ones.",
    };

    private readonly Option<bool> _evenDamaged = new("--even-damaged")
    {
        Description = "Restore a copy of a database that was damaged when it was made.",
    };

    public static Command Create(CommandRunner runner)
    {
        var restore = new RestoreCommand();
        var command = new Command("restore", Description) { restore._id, restore._ofAnother, restore._evenDamaged };
        return runner.Tie(command, restore.RestoreAsync);
    }

    private async Task<ExitCode> RestoreAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        var ofAnother = context.Parsed.GetValue(_ofAnother);
        var evenDamaged = context.Parsed.GetValue(_evenDamaged);
        context.Configure(options =>
            (options.RestoreSetsOfOtherDatabases, options.RestoreDamaged) = (ofAnother, evenDamaged)
        );
        var set = await FindAsync(context, cancellationToken);
        await context.Confirmation.DemandAsync(
            () => Task.FromResult(RestoreView.Question(set, context.Settings.Database, ofAnother)),
            cancellationToken
        );
        DataDirectory.Ensure(context.Folders);
        var summary = await RestoreAsync(context, set.Id, cancellationToken);
        context.Output.Write(RestoreDocument.From(summary), display => RestoreView.Show(display, summary));
        return ExitCode.Done;
    }

    /// <summary>Looks before anything is locked: a name that was mistyped leaves no trace.</summary>
    private async Task<BackupSet> FindAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var id = context.Parsed.GetValue(_id);
        var sets = await context.Manager.Backups.ListAsync(cancellationToken);
        if (sets.FirstOrDefault(set => set.Id == id) is { } own)
        {
            return own;
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
                $"the backup '{id}' is not of the databases in {context.Place}, but of {RestoreView.Sources(other)}. Nothing was changed. Restore it there, or replace these by it with --of-another-database."
            )
            : new CommandException(
                ExitCode.Refused,
                $"there is no backup '{id}'. Nothing was changed. 'ragstudio-db backup list' shows those that there are."
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
        // The set itself cannot be used. Where the safety backup cannot be made, the error is about another path.
        catch (BackupFailedException error) when (Path.GetFileName(error.BackupPath) == id)
        {
            throw new CommandException(ExitCode.Failed, error.Message, error);
        }
    }
}
