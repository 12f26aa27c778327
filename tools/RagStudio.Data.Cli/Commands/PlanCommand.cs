using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>plan</c></summary>
internal static class PlanCommand
{
    private const string Description = """
        Say what 'migrate' would do now, and what it would meet. Locks and writes nothing.

        Each pending migration is told in its order, with what was found in it: tables, columns and rows that it would
        destroy, values that would stop it, triggers and views that it would lose or break. The numbers are counted in
        the databases as they are now. What would refuse the run is told too; the exit code is 0 all the same.

        Examples:
          ragstudio-db plan
          ragstudio-db plan --sql --database events
          ragstudio-db plan --json
        """;

    public static Command Create(CommandRunner runner)
    {
        var sql = new Option<bool>("--sql")
        {
            Description = "Show the SQL of each migration, which --json always does.",
        };
        var policy = new PlanPolicy();
        var command = new Command("plan", Description) { sql };
        policy.AddTo(command);
        return runner.TieReading(
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
                "an earlier run was interrupted. The next 'migrate' puts the databases back first, so that its plan may be another."
            );
        }

        AbsentDatabases.Tell(context);
        var plan = await context.Output.WithProgressAsync(bar =>
            context.Manager.PlanAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(PlanDocument.From(plan), display => PlanView.Show(display, plan, withSql));
        return ExitCode.Done;
    }
}
