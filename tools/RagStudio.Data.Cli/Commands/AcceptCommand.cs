using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>accept</c></summary>
internal sealed class AcceptCommand
{
    private const string Description = """
        Accept that an applied migration was edited, in both databases.

        A migration that is not what was recorded when it was applied keeps 'migrate' from running (exit code 10), since
        nobody knows whether the databases are what the program takes them for. Where they are, this says so: the
        history keeps the reason for ever, and the migration is compared with what it is now from then on. The
        databases themselves stay as they are. It asks nothing; where nothing was edited, nothing is written.

        Example:
          ragstudio-db accept TraceEvents --database events --reason "only a comment was changed"
        """;

    private readonly Argument<string> _version = new("version")
    {
        Description = "The edited migration: its id, its time stamp or its name.",
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why the databases are right as they are; kept in the history.",
        HelpName = "TEXT",
        Required = true,
    };

    public static Command Create(CommandRunner runner)
    {
        var accept = new AcceptCommand();
        var command = new Command("accept", Description) { accept._version, accept._reason };
        return runner.Tie(command, accept.AcceptAsync);
    }

    private async Task<ExitCode> AcceptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var version = context.Parsed.GetValue(_version);
        if (string.IsNullOrWhiteSpace(version))
        {
            throw CommandException.Usage("the version is empty: name one.");
        }

        var reason = context.Parsed.GetValue(_reason);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw CommandException.Usage("--reason is empty: say why the databases are right as they are.");
        }

        InterruptedRun.DemandNoneElsewhere(context);
        var summary = await context.Manager.AcceptAsync(version, reason, cancellationToken);
        context.Output.Write(AcceptDocument.From(summary), display => AcceptView.Show(display, summary));
        return ExitCode.Done;
    }
}
