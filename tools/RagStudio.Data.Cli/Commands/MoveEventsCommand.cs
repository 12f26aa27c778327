using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>split</c> and <c>join</c></summary>
/// <param name="toSingle">True to have the events in <c>app_meta.db</c>.</param>
internal sealed class MoveEventsCommand(bool toSingle)
{
    private const string SplitDescription = """
        Move the events out of app_meta.db into a file of their own, events.db.

        The tables of the events, their migration history and their lines of the migrator's history are moved, each table
        compared by its rows and their hash; indexes and triggers that were added by hand move too. Everything is backed up
        before, and a move that fails or is killed is undone. References, views or triggers between the events and other
        tables are refused (exit code 11).

        """;

    private const string JoinDescription = """
        Move the events from events.db into app_meta.db, with all other tables.

        The tables of the events, their migration history and their lines of the migrator's history are moved, each table
        compared by its rows and their hash; indexes and triggers that were added by hand move too. Everything is backed up
        before, and a move that fails or is killed is undone. events.db is removed, unless it contains anything else.

        """;

    private const string Rest = """
        Stop every program that uses the databases first. Remove --single-database (RagStudio:Data:SingleDatabase) from their
        configuration, or set it to the new layout.

        Prompts for confirmation; pass --yes in scripts.

        """;

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what would be moved." };

    private string Name => toSingle ? "join" : "split";

    public static Command CreateSplit(CommandRunner runner) =>
        new MoveEventsCommand(toSingle: false).Create(runner, SplitDescription);

    public static Command CreateJoin(CommandRunner runner) =>
        new MoveEventsCommand(toSingle: true).Create(runner, JoinDescription);

    private Command Create(CommandRunner runner, string description) =>
        runner.Attach(
            new Command(Name, $"{description}{Rest}Example:\n  ragstudio-db {Name} --dry-run") { _dryRun },
            RunAsync,
            MoveDocument.Failed
        );

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        Demand(context);
        var layout = context.Services.GetRequiredService<IRagStudioLayout>();
        var dryRun = context.Parsed.GetValue(_dryRun);
        // A configuration that contradicts the move is refused by the plan.
        if (context.Settings.SingleDatabase != !toSingle)
        {
            await RecoverAsync(context, dryRun, cancellationToken);
        }

        var plan = await PlanAsync(layout, cancellationToken);
        if (plan is null || dryRun)
        {
            context.Output.Write(MoveDocument.Of(plan), display => MoveView.Show(display, plan));
            return ExitCode.Done;
        }

        await context.Confirmation.DemandAsync(() => Task.FromResult(MoveView.Question(plan)), cancellationToken);
        var summary = await context.Output.WithProgressAsync(bar =>
            MoveAsync(layout, MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(MoveDocument.Of(summary), display => MoveView.Show(display, summary));
        return ExitCode.Done;
    }

    private void Demand(CommandContext context)
    {
        OwnData.Demand(context, Name);
        if (context.Settings.Connection is not null)
        {
            throw CommandException.Usage(
                $"'{Name}' works on the files of SQLite only: on a server the events have a schema of their own. Omit --connection."
            );
        }

        if (context.Settings.Database is not null)
        {
            throw CommandException.Usage($"'{Name}' always concerns both databases: omit --database.");
        }
    }

    private Task<RelocationPlan?> PlanAsync(IRagStudioLayout layout, CancellationToken cancellationToken) =>
        toSingle ? layout.PlanJoinAsync(cancellationToken) : layout.PlanSplitAsync(cancellationToken);

    private Task<RelocationSummary?> MoveAsync(
        IRagStudioLayout layout,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken
    ) => toSingle ? layout.JoinAsync(progress, cancellationToken) : layout.SplitAsync(progress, cancellationToken);

    /// <summary>An interrupted run is undone first, or else the plan would be about what it has left.</summary>
    private static async Task RecoverAsync(CommandContext context, bool dryRun, CancellationToken cancellationToken)
    {
        await using var services = context.CreateServicesAsFound();
        var manager = services.GetRequiredService<IMigrationManager>();
        var status = await manager.GetStatusAsync(cancellationToken: cancellationToken);
        if (status.Verdict == MigrationVerdict.Interrupted)
        {
            if (dryRun)
            {
                throw InterruptedRun.Refusal();
            }

            await manager.RecoverAsync(cancellationToken: cancellationToken);
        }
    }
}
