using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>plan</c></summary>
internal static class PlanCommand
{
    private const string Description = """
        Show what 'migrate' would do now and what it would find. Takes no lock and does not change the databases' content.

        Lists the pending migrations in order, each with its findings: tables, columns and rows it would destroy, values that
        would make it fail, triggers and views it would lose or break. Counts come from the current data. On a PostgreSQL
        server also the tables it would lock, rewrite and scan, found by running it in a scratch database. A reason to refuse
        the run is shown too; the exit code is 0 all the same.

        Examples:
          ragstudio-db plan
          ragstudio-db plan --sql --database events
          ragstudio-db plan --json
        """;

    public static Command Create(CommandRunner runner)
    {
        var sql = new Option<bool>("--sql")
        {
            Description = "Show the SQL of each migration; --json always includes it.",
        };
        var policy = new PlanPolicy();
        var command = new Command("plan", Description) { sql };
        policy.AddTo(command);
        return runner.AttachReading(
            command,
            (context, cancellationToken) =>
            {
                policy.Apply(context);
                return ShowAsync(context, context.Parsed.GetValue(sql), cancellationToken);
            }
        );
    }

    private static async Task<ExitCode> ShowAsync(
        CommandContext context,
        bool withSql,
        CancellationToken cancellationToken
    )
    {
        var status = await context.Output.WithProgressAsync(bar =>
            context.Manager.GetStatusAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        if (status.Verdict == MigrationVerdict.Interrupted)
        {
            context.Output.Warn(
                "an earlier run was interrupted. The next 'migrate' recovers first, so its plan may differ."
            );
        }

        await AbsentDatabases.WarnAsync(context, cancellationToken);
        var plan = await context.Output.WithProgressAsync(bar =>
            context.Manager.PlanAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(PlanDocument.From(plan), display => PlanView.Show(display, plan, withSql));
        return ExitCode.Done;
    }
}
