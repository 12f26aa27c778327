using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>status</c></summary>
internal static class StatusCommand
{
    private const string Description = """
        Say what state the databases are in. Writes nothing.

        With --check the exit code says it too: 0 up to date, 3 migrations are pending, there is no database yet, or a
        run was interrupted, which 'recover' or the next 'migrate' puts back first, 7 newer than this program, 10 an
        applied migration was edited or the schema is not what it should be, 11 a pending migration is older than an
        applied one.

        Example:
          ragstudio-db status --check || ragstudio-db migrate
        """;

    public static Command Create(CommandRunner runner)
    {
        var check = new Option<bool>("--check") { Description = "End with an exit code that says the state." };
        return runner.TieReading(
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
        context.Output.Write(
            StatusDocument.From(status),
            display => StatusView.Show(display, status, AbsentDatabases.Place(context))
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
            MigrationVerdict.Newer => ExitCode.Newer,
            _ => ExitCode.Unexpected,
        };
}
