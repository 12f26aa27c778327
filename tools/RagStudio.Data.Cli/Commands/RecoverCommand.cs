using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>recover</c></summary>
internal static class RecoverCommand
{
    private const string Description = """
        Recover from an interrupted run: restore the databases to their state before it.

        A run is interrupted by a power failure, for example. Every command that changes the databases recovers first, so this
        command is rarely needed. What the run left is kept as a backup. Without an interrupted run, nothing is done. If
        recovery is impossible, nothing is changed and manual intervention is required (exit code 5).

        Example:
          ragstudio-db recover --data-dir ~/ragstudio
        """;

    public static Command Create(CommandRunner runner) =>
        runner.Attach(new Command("recover", Description), RecoverAsync);

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
