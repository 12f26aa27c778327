using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>recover</c></summary>
internal static class RecoverCommand
{
    private const string Description = """
        Put the databases back as they were before a run that was interrupted, by a power failure for one.

        Every command that changes something does this by itself, before anything else. What the run had left is kept as
        a backup of its own. Without such a run nothing is done. Where it cannot be put back, nothing is changed and a
        person is needed (exit code 5).

        Example:
          ragstudio-db recover --data-dir ~/ragstudio
        """;

    public static Command Create(CommandRunner runner) => runner.Tie(new Command("recover", Description), RecoverAsync);

    private static async Task<ExitCode> RecoverAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        var summary = await context.Output.WithProgressAsync(bar =>
            context.Manager.RecoverAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(RecoverDocument.From(summary), display => RecoverView.Show(display, summary));
        return ExitCode.Done;
    }
}
