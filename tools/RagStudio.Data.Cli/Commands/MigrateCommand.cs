using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>migrate</c></summary>
internal static class MigrateCommand
{
    private const string Description = """
        Apply every pending migration, to both databases as one unit.

        They are backed up first and restored if anything fails. What an interrupted run has left is put back first. The data directory is made if only it is missing; with
        nothing pending, nothing is written.

        A migration that would destroy tables, columns or rows that are there is refused (exit code 11), unless it states
        why, or --allow-destructive is given. 'plan' tells beforehand.

        Examples:
          ragstudio-db migrate --data-dir ~/ragstudio
          ragstudio-db migrate --allow-destructive
        """;

    public static Command Create(CommandRunner runner)
    {
        var consent = AllowDestructive.Create("Let migrations destroy data without having stated why.");
        return runner.Tie(
            new Command("migrate", Description) { consent },
            (context, cancellationToken) =>
            {
                AllowDestructive.Apply(context, consent);
                return MigrateAsync(context, cancellationToken);
            },
            RunDocument.Failed
        );
    }

    private static async Task<ExitCode> MigrateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context.Settings);
        DataDirectory.Ensure(context.Settings.DataDirectory);
        var summary = await context.Output.WithProgressAsync(bar =>
            context.Manager.MigrateAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        var status = await context.Manager.GetStatusAsync(cancellationToken);
        context.Output.Write(RunDocument.From(summary), display => MigrateView.Show(display, summary, status));
        return ExitCode.Done;
    }
}
