using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>accept</c></summary>
internal sealed class AcceptCommand
{
    private const string Description = """
        Accept an edited migration as it is now, in both databases.

        If an applied migration is not what was recorded when it was applied, 'migrate' refuses to run (exit code 10): the
        databases may differ from what the program expects. Use this command when they do not. From then on, the migration
        is compared with its current content; the history keeps the reason. The databases themselves stay unchanged. There
        is no prompt; if nothing was edited, nothing is written.

        Example:
          ragstudio-db accept TraceEvents --database events --reason "only a comment was changed"
        """;

    private readonly Argument<string> _version = new("version")
    {
        Description = "The edited migration: its id, time stamp or name.",
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "The reason why the databases are correct as they are; kept in the history.",
        HelpName = "TEXT",
        Required = true,
    };

    public static Command Create(CommandRunner runner)
    {
        var accept = new AcceptCommand();
        var command = new Command("accept", Description) { accept._version, accept._reason };
        return runner.Attach(command, accept.AcceptAsync);
    }

    private async Task<ExitCode> AcceptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var version = context.Parsed.GetValue(_version);
        if (string.IsNullOrWhiteSpace(version))
        {
            throw CommandException.Usage("the version is empty: specify one.");
        }

        var reason = context.Parsed.GetValue(_reason);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw CommandException.Usage(
                "--reason is empty: give the reason why the databases are correct as they are."
            );
        }

        InterruptedRun.DemandNoneElsewhere(context);
        var summary = await context.Manager.AcceptAsync(version, reason, cancellationToken);
        context.Output.Write(AcceptDocument.From(summary), display => AcceptView.Show(display, summary));
        return ExitCode.Done;
    }
}
