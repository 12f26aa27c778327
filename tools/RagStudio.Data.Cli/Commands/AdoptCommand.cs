using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>adopt</c></summary>
internal sealed class AdoptCommand
{
    private const string Description = """
        Record which version databases are that something else has made, or whose history was lost or does not fit.

        The schema is compared with what the migrations make, version by version. A database without a history whose schema is
        that of one version is recorded as that version. Everything else needs --as, and without it the differences and the
        choices are shown (exit code 11). No table and no row changes; the history keeps what was decided. It is backed up and
        undone like a migration.

        Tables that EF alone has left behind in the middle of a rebuild ("ef_temp_…") are shown with their rows. They are
        removed only on request, and never if they are the only copy.

        Prompts for confirmation; pass --yes in scripts.

        Examples:
          ragstudio-db adopt --dry-run                              what the databases are, and what each choice does
          ragstudio-db adopt --yes                                  record it, if there is nothing to choose
          ragstudio-db adopt --database events --as EnforceJson     record a version; what differs from it stays different
        """;

    private readonly Option<string?> _as = new("--as")
    {
        Description =
            "The version to record, in each database that has it: a migration's id, time stamp or name; 0 for none.",
        HelpName = "VERSION",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only show what was found." };

    private readonly Option<bool> _dropEmpty = new("--drop-empty-leftovers")
    {
        Description = "Drop the tables without rows that rebuilds of EF have left behind.",
    };

    private readonly Option<bool> _dropWithRows = new("--drop-leftovers-with-rows")
    {
        Description = "Drop the tables that rebuilds of EF have left behind, with the rows in them.",
    };

    public static Command Create(CommandRunner runner)
    {
        var adopt = new AdoptCommand();
        var command = new Command("adopt", Description)
        {
            adopt._as,
            adopt._dryRun,
            adopt._dropEmpty,
            adopt._dropWithRows,
        };
        return runner.Attach(command, adopt.AdoptAsync);
    }

    private async Task<ExitCode> AdoptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        InterruptedRun.DemandNoneElsewhere(context);
        await AbsentDatabases.WarnAsync(context, cancellationToken);
        var options = ReadOptions(context.Parsed);
        var plan = await PlanAsync(context, options, cancellationToken);
        if (context.Parsed.GetValue(_dryRun) || !plan.IsChange)
        {
            context.Output.Write(AdoptDocument.From(plan), display => AdoptView.Show(display, plan));
            return plan.Refusal is null ? ExitCode.Done : ExitCode.Refused;
        }

        await context.Confirmation.DemandAsync(() => Task.FromResult(AdoptView.Question(plan)), cancellationToken);
        var summary = await context.Output.WithProgressAsync(bar =>
            context.Manager.AdoptAsync(options, MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(AdoptDocument.From(summary), display => AdoptView.Show(display, summary));
        return ExitCode.Done;
    }

    private AdoptOptions ReadOptions(ParseResult parsed)
    {
        var version = parsed.GetValue(_as);
        if (version is not null && string.IsNullOrWhiteSpace(version))
        {
            throw CommandException.Usage("--as is empty: name a version.");
        }

        return new AdoptOptions
        {
            Version = version,
            Leftovers =
                parsed.GetValue(_dropWithRows) ? LeftoverTables.DropWithRows
                : parsed.GetValue(_dropEmpty) ? LeftoverTables.DropEmpty
                : LeftoverTables.Keep,
        };
    }

    /// <summary>An interrupted run is undone first, or else the plan would be about what it has left.</summary>
    private async Task<AdoptPlan> PlanAsync(
        CommandContext context,
        AdoptOptions options,
        CancellationToken cancellationToken
    )
    {
        var status = await context.Manager.GetStatusAsync(cancellationToken: cancellationToken);
        if (status.Verdict == MigrationVerdict.Interrupted)
        {
            if (context.Parsed.GetValue(_dryRun))
            {
                throw InterruptedRun.Refusal();
            }

            await context.Manager.RecoverAsync(cancellationToken: cancellationToken);
        }

        return await context.Output.WithProgressAsync(bar =>
            context.Manager.PlanAdoptionAsync(options, MigrationProgressText.On(bar), cancellationToken)
        );
    }
}
