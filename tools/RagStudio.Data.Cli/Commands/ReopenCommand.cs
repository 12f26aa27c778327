using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>reopen</c></summary>
internal sealed class ReopenCommand
{
    private const string Description = """
        Remove the mark of databases whose data was copied elsewhere, so that they are used again.

        'copy' marks its source as moved. What has been written to the copy since is not in the source: two programs that use
        both would go apart. Prompts for confirmation; pass --yes in scripts. The history keeps the reason.

        Example:
          ragstudio-db reopen --data-dir ~/ragstudio --reason "the server is given up, nothing was written to it"
        """;

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "The reason, which the history keeps.",
        HelpName = "TEXT",
        Required = true,
    };

    public static Command Create(CommandRunner runner)
    {
        var reopen = new ReopenCommand();
        return runner.Attach(new Command("reopen", Description) { reopen._reason }, reopen.ReopenAsync);
    }

    private async Task<ExitCode> ReopenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reason = context.Parsed.GetValue(_reason);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw CommandException.Usage("--reason is empty: give the reason why the databases are used again.");
        }

        InterruptedRun.DemandNoneElsewhere(context);
        await context.Confirmation.DemandAsync(
            async () =>
                [
                    .. (await context.Manager.GetStatusAsync(cancellationToken: cancellationToken))
                        .Databases.Where(database => database.MovedTo is not null)
                        .Select(database =>
                            $"{database.Name} was {database.MovedTo}. What was written there since is not here."
                        ),
                ],
            cancellationToken
        );
        var reopened = await context.Manager.ReopenAsync(reason, cancellationToken);
        context.Output.Write(
            new ReopenDocument(reopened),
            display =>
                display.Line(
                    reopened.Count == 0
                        ? "No database is marked as moved."
                        : $"Reopened {string.Join(" and ", reopened)}. The history keeps the reason.",
                    Tone.Good
                )
        );
        return ExitCode.Done;
    }
}
