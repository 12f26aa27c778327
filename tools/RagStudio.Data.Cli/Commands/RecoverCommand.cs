using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>recover</c></summary>
internal sealed class RecoverCommand
{
    private const string Description = """
        Recover from an interrupted run: restore the databases to their state before it.

        A run is interrupted by a power failure, for example. Every command that changes the databases recovers first, so this
        command is rarely needed. What the run left is kept as a backup. Without an interrupted run, nothing is done. If
        recovery is impossible, nothing is changed and manual intervention is required (exit code 5).

        On a server, a run may have been killed in a statement after its commit that nobody can repeat. Every command is then
        refused, with the statement and its id. Find out what it has done, and answer with --statement-done or
        --statement-again; both prompt for confirmation; pass --yes in scripts.

        Examples:
          ragstudio-db recover --data-dir ~/ragstudio
          ragstudio-db recover --assembly bin/App.dll --statement-done 0a1b2c3d4e5f_1_1 --yes
        """;

    private readonly Option<string?> _done = new("--statement-done")
    {
        Description = "The id of a started statement that has been executed: it is not executed again.",
        HelpName = "ID",
    };

    private readonly Option<string?> _again = new("--statement-again")
    {
        Description = "The id of a started statement to execute once more.",
        HelpName = "ID",
    };

    public static Command Create(CommandRunner runner)
    {
        var recover = new RecoverCommand();
        return runner.Attach(
            new Command("recover", Description) { recover._done, recover._again },
            recover.RecoverAsync
        );
    }

    private async Task<ExitCode> RecoverAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        await SettleAsync(context, _done, StatementOutcome.Done, "is not executed again", cancellationToken);
        await SettleAsync(context, _again, StatementOutcome.RunAgain, "is executed once more", cancellationToken);
        var summary = await context.Output.WithProgressAsync(bar =>
            context.Manager.RecoverAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(RecoverDocument.From(summary), display => RecoverView.Show(display, summary));
        return ExitCode.Done;
    }

    private static async Task SettleAsync(
        CommandContext context,
        Option<string?> option,
        StatementOutcome outcome,
        string effect,
        CancellationToken cancellationToken
    )
    {
        if (context.Parsed.GetValue(option) is { } id)
        {
            await context.Confirmation.DemandAsync(
                () => Task.FromResult<IReadOnlyList<string>>([$"The statement {id} {effect}."]),
                cancellationToken
            );
            context.Configure(options => options.StatementOutcomes[id] = outcome);
        }
    }
}
