using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>migrate</c></summary>
internal sealed class MigrateCommand
{
    private const string Description = """
        Apply all pending migrations, to both databases as one unit.

        Backs up the databases first and restores them if anything fails. Recovers first from a run that was interrupted.
        Creates the data directory if its parent exists. If nothing is pending, nothing is written.

        A migration that would destroy existing tables, columns or rows is refused (exit code 11), unless it states a reason
        or --allow-destructive names it; it is then rehearsed on copies first. 'plan' shows this in advance. Consent to a
        migration covers what the plan names for it: if other rows are lost, the run fails and everything is restored.
        --allow-destructive VERSION/TABLE covers everything that a migration removes from a table; without a version,
        --allow-destructive covers everything.

        On a server, statements that no transaction can contain and nobody can repeat, such as CREATE DATABASE, need
        --allow-unrepeatable-statements, which prompts for confirmation; pass --yes in scripts.

        With --to, stops at a version. Nothing is ever reverted: if a database is newer than that version, nothing is changed
        (exit code 11); use 'rollback' instead.

        With --dry-run, runs the migrations with all checks on copies of the databases and then removes the copies. Shows the
        duration, the tables whose row count changes and the disk space needed. The databases can stay in use. On a PostgreSQL
        server the copies have a part of the rows (--rehearsal-rows), and are made where the role may create databases; for
        how long a run would hold its table locks is estimated. --rehearse-on migrates another database instead of a copy,
        before a run or with --dry-run; pass --yes in scripts.

        Examples:
          ragstudio-db migrate --data-dir ~/ragstudio
          ragstudio-db migrate --dry-run
          ragstudio-db migrate --to TraceEvents
          ragstudio-db migrate --allow-destructive DropOldNotes --reason "moved to chunks by an earlier migration"
          ragstudio-db migrate --allow-destructive
        """;

    private readonly DestructiveConsentOptions _consent = new();

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Run the migrations on copies of the databases only.",
    };

    private readonly PlanPolicy _policy = new();
    private readonly UnkeptLossOption _unkeptLoss = new();

    private readonly RehearsalOptions _rehearsal = new();

    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last version to apply: a migration's id, time stamp or name. Default: the newest.",
        HelpName = "VERSION",
    };

    public static Command Create(CommandRunner runner)
    {
        var migrate = new MigrateCommand();
        var command = new Command("migrate", Description) { migrate._to, migrate._dryRun };
        migrate._consent.AddTo(command);
        migrate._policy.AddTo(command);
        migrate._unkeptLoss.AddTo(command);
        migrate._rehearsal.AddTo(command);
        return runner.Attach(command, migrate.MigrateAsync, RunDocument.Failed);
    }

    private async Task<ExitCode> MigrateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_to) is { } version && string.IsNullOrWhiteSpace(version))
        {
            throw CommandException.Usage("--to is empty: name a version, or omit it.");
        }

        InterruptedRun.DemandNoneElsewhere(context);
        var isDryRun = context.Parsed.GetValue(_dryRun);
        context.Configure(options => options.DryRun |= isDryRun);
        _policy.Apply(context);
        await _unkeptLoss.ApplyAsync(context, cancellationToken);
        await _rehearsal.ApplyAsync(context, cancellationToken);
        await _consent.ApplyAsync(context, cancellationToken);
        if (isDryRun)
        {
            return await RehearseAsync(context, cancellationToken);
        }
        await _policy.DemandConfirmedAsync(context, cancellationToken);
        return await MigrateForRealAsync(context, cancellationToken);
    }

    private async Task<ExitCode> RehearseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DataDirectory.DemandParents(context.Folders);
        var summary = await RunAsync(context, cancellationToken);
        context.Output.Write(
            RunDocument.From(summary) with
            {
                DryRun = true,
            },
            display => RehearsalView.Show(display, summary)
        );
        return ExitCode.Done;
    }

    private async Task<ExitCode> MigrateForRealAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DataDirectory.Ensure(context.Folders);
        var summary = await RunAsync(context, cancellationToken);
        var current = await ReadCurrentAsync(context, summary, cancellationToken);
        context.Output.Write(RunDocument.From(summary), display => MigrateView.Show(display, summary, current));
        return ExitCode.Done;
    }

    private Task<MigrationSummary> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var version = context.Parsed.GetValue(_to);
        return context.Output.WithProgressAsync(bar =>
            version is null
                ? context.Manager.MigrateAsync(MigrationProgressText.On(bar), cancellationToken)
                : context.Manager.MigrateToVersionAsync(version, MigrationProgressText.On(bar), cancellationToken)
        );
    }

    /// <summary>Reads the state of the databases in a separate pass, if there is nothing else to show.</summary>
    private static async Task<IReadOnlyList<DatabaseStatus>> ReadCurrentAsync(
        CommandContext context,
        MigrationSummary summary,
        CancellationToken cancellationToken
    ) =>
        context.Output.ShowsText && summary.Databases.All(database => database.Migrations.Count == 0)
            ? (await context.Manager.GetStatusAsync(cancellationToken: cancellationToken)).Databases
            : [];
}
