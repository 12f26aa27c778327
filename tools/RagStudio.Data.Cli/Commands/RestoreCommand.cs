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

        It asks before it begins; where nobody can answer, it wants --yes.

        Example:
          ragstudio-db restore 20260722T101500123Z_0a1b2c3d4e5f
        """;

    private readonly Argument<string> _id = new("backup id")
    {
        Description = "The name of the set, as 'backup list' shows it.",
    };

    private readonly Option<bool> _evenDamaged = new("--even-damaged")
    {
        Description = "Restore a copy of a database that was damaged when it was made.",
    };

    public static Command Create(CommandRunner runner)
    {
        var restore = new RestoreCommand();
        return runner.Tie(
            new Command("restore", Description) { restore._id, restore._evenDamaged },
            restore.RestoreAsync
        );
    }

    private async Task<ExitCode> RestoreAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        if (context.Parsed.GetValue(_evenDamaged))
        {
            context.Configure(options => options.RestoreDamaged = true);
        }

        var set = await FindAsync(context, cancellationToken);
        await context.Confirmation.DemandAsync(
            () => Task.FromResult(RestoreView.Question(set, context.Settings.Database)),
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
        var sets = await context.Manager.ListBackupsAsync(cancellationToken);
        return sets.FirstOrDefault(set => set.Id == id)
            ?? throw new CommandException(
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
