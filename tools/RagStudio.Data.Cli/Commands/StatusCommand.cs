using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>status</c></summary>
internal static class StatusCommand
{
    private const string Description = """
        Show the state of the databases. Does not change the databases' content.

        With --check the exit code reports it too: 0 up to date; 3 migrations are pending, there is no database yet, or a run
        was interrupted and 'recover' or the next 'migrate' will recover from it; 7 newer than this program, or moved to another database; 10 an applied
        migration was edited or the schema is not as expected; 11 a pending migration is older than an applied one.

        Example:
          ragstudio-db status --check || ragstudio-db migrate
        """;

    public static Command Create(CommandRunner runner)
    {
        var check = new Option<bool>("--check") { Description = "Report the state in the exit code." };
        return runner.AttachReading(
            new Command("status", Description) { check },
            (context, cancellationToken) => ShowAsync(context, context.Parsed.GetValue(check), cancellationToken)
        );
    }

    private static async Task<ExitCode> ShowAsync(
        CommandContext context,
        bool check,
        CancellationToken cancellationToken
    )
    {
        var status = await context.Output.WithProgressAsync(bar =>
            context.Manager.GetStatusAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        var absent = await AbsentDatabases.FindPlaceAsync(context, cancellationToken);
        var onServers = context.OnServers.Select(database => database.Name).ToHashSet(StringComparer.Ordinal);
        context.Output.Write(
            StatusDocument.From(status),
            display => StatusView.Show(display, status, absent, onServers)
        );
        return check ? CodeOf(status.Verdict) : ExitCode.Done;
    }

    private static ExitCode CodeOf(MigrationVerdict verdict) =>
        verdict switch
        {
            MigrationVerdict.UpToDate => ExitCode.Done,
            MigrationVerdict.Pending or MigrationVerdict.Empty or MigrationVerdict.Interrupted => ExitCode.Pending,
            MigrationVerdict.OutOfOrder => ExitCode.Refused,
            MigrationVerdict.Drifted => ExitCode.Drifted,
            MigrationVerdict.Newer or MigrationVerdict.Moved => ExitCode.Newer,
            _ => ExitCode.Unexpected,
        };
}
