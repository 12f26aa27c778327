using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>rollback</c></summary>
internal sealed class RollbackCommand
{
    private const string Description = """
        Revert the migrations newer than a version, in both databases as one unit.

        Data that only the newer versions can hold is lost, except in the backup that is made first; on a server it is kept in
        the database, and comes back when the migrations are applied again. The losses are counted and shown before the run. Everything is restored if anything fails. If a migration cannot be reverted, nothing is
        changed and the backup that matches the version is named (exit code 11).

        If reverting removes rows from a table that remains, the run fails and everything is restored, unless
        --allow-destructive is given.

        Prompts for confirmation; pass --yes in scripts.

        Examples:
          ragstudio-db rollback 20260112074432_NormaliseEvents
          ragstudio-db rollback TraceEvents --database events --yes
          ragstudio-db rollback 0
        """;

    private readonly Argument<string> _version = new("version")
    {
        Description = "The version to roll back to: a migration's id, time stamp or name; 0 reverts all migrations.",
    };

    private readonly Option<bool> _consent = AllowDestructive.Create(
        "Allow reverting to remove rows that no migration has announced."
    );

    private readonly Option<bool> _unrepeatable = UnrepeatableConsent.Create();
    private readonly UnkeptLossOption _unkeptLoss = new();

    public static Command Create(CommandRunner runner)
    {
        var rollback = new RollbackCommand();
        var command = new Command("rollback", Description)
        {
            rollback._version,
            rollback._consent,
            rollback._unrepeatable,
        };
        rollback._unkeptLoss.AddTo(command);
        return runner.Attach(command, rollback.RollBackAsync, RunDocument.Failed);
    }

    private async Task<ExitCode> RollBackAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var version = context.Parsed.GetValue(_version);
        if (string.IsNullOrWhiteSpace(version))
        {
            throw CommandException.Usage("the version is empty: specify one.");
        }

        AllowDestructive.Apply(context, _consent);
        UnrepeatableConsent.Apply(context, _unrepeatable);
        await _unkeptLoss.ApplyAsync(context, cancellationToken);
        InterruptedRun.DemandNoneElsewhere(context);
        var plan = await AgreeAsync(context, version, cancellationToken);
        var summary = await context.Output.WithProgressAsync(bar =>
            context.Manager.RollbackToVersionAsync(version, MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(RunDocument.From(summary, plan), display => RollbackView.Show(display, summary));
        return ExitCode.Done;
    }

    /// <summary>
    /// Counts the losses before the run, for the prompt, or as warnings if consent was given in advance.
    /// </summary>
    /// <returns>The plan; <see langword="null"/> if an interrupted run has to be recovered first.</returns>
    private static async Task<RollbackPlan?> AgreeAsync(
        CommandContext context,
        string version,
        CancellationToken cancellationToken
    )
    {
        RollbackPlan? plan = null;
        await context.Confirmation.DemandAsync(
            async () =>
            {
                plan = await PlanAsync(context.Manager, version, cancellationToken) ?? throw InterruptedRun.Refusal();
                return RollbackView.Question(plan, isBackedUp: context.OnServers.Count == 0);
            },
            cancellationToken
        );
        if (plan is null)
        {
            plan = await PlanAsync(context.Manager, version, cancellationToken);
            foreach (var warning in RollbackView.Warnings(plan))
            {
                context.Output.Warn(warning);
            }
        }
        return plan;
    }

    /// <summary>The migrations to revert are known only if no interrupted run has to be recovered first.</summary>
    private static async Task<RollbackPlan?> PlanAsync(
        IMigrationManager manager,
        string version,
        CancellationToken cancellationToken
    )
    {
        var status = await manager.GetStatusAsync(cancellationToken: cancellationToken);
        return status.Verdict == MigrationVerdict.Interrupted
            ? null
            : await manager.PlanRollbackAsync(version, cancellationToken);
    }
}
