using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>history</c></summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    private const string Description = """
        Show the history of the databases, newest first: migrations applied, reverted or failed, code that ran with them,
        restores, recoveries and acceptances, with time, duration, program version and reason. Migrations that EF applied
        before are listed without these details. Does not change the databases' content.

        Example:
          ragstudio-db history --limit 5 --database events
        """;

    public static Command Create(CommandRunner runner)
    {
        var limit = new Option<int?>("--limit")
        {
            Description = $"The most lines to show. Default: {DefaultLimit}.",
            HelpName = "N",
            CustomParser = argument => OptionParsers.Number(argument, least: 1),
        };
        return runner.AttachReading(
            new Command("history", Description) { limit },
            (context, cancellationToken) =>
                ShowAsync(context, context.Parsed.GetValue(limit) ?? DefaultLimit, cancellationToken)
        );
    }

    private static async Task<ExitCode> ShowAsync(
        CommandContext context,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await AbsentDatabases.WarnAsync(context, cancellationToken);
        var records = await context.Manager.GetHistoryAsync(limit, cancellationToken);
        var byEF = await context.Manager.ListAppliedByEFAsync(cancellationToken);
        // They precede everything else, so a limit omits them first.
        EFAppliedMigration[] shown = [.. byEF.Take(limit - records.Count)];
        var document = new HistoryDocument([.. records.Select(record => new RevertibleRecordDocument(record))])
        {
            AppliedByEF = shown.Length == 0 ? null : shown,
        };
        context.Output.Write(document, display => HistoryView.Show(display, records, shown));
        return ExitCode.Done;
    }
}
