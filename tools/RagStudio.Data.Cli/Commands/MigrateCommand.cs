using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>migrate</c></summary>
internal sealed class MigrateCommand
{
    private const string Description = """
        Apply every pending migration, to both databases as one unit.

        They are backed up first and restored if anything fails. What an interrupted run has left is put back first. The data directory is made if only it is missing; with
        nothing pending, nothing is written.

        A migration that would destroy tables, columns or rows that are there is refused (exit code 11), unless it states
        why, or --allow-destructive names it; it is rehearsed on copies first. 'plan' tells beforehand. Consent to a
        migration is for what the plan names for it: other rows that go fail the run, and come back. --allow-destructive
        VERSION/TABLE is for whatever a migration takes of a table; without a version it is for everything.

        With --to it stops at a version. Nothing is ever reverted: where a database is newer than that, nothing is changed
        (exit code 11), and 'rollback' is the command to use.

        With --dry-run the migrations are run on copies of the databases, with all checks, and the copies are removed again: it tells how
        long they take, which tables have other rows then and how much disk they need. The databases may be in use meanwhile.

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

    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last version to apply: a migration's id, its time stamp or its name. Default: the newest.",
        HelpName = "VERSION",
    };

    public static Command Create(CommandRunner runner)
    {
        var migrate = new MigrateCommand();
        var command = new Command("migrate", Description) { migrate._to, migrate._dryRun };
        migrate._consent.AddTo(command);
        migrate._policy.AddTo(command);
        return runner.Tie(command, migrate.MigrateAsync, RunDocument.Failed);
    }

    private async Task<ExitCode> MigrateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_to) is { } version && string.IsNullOrWhiteSpace(version))
        {
            throw CommandException.Usage("--to is empty: name a version, or leave it out.");
        }

        InterruptedRun.DemandNoneElsewhere(context);
        var isDryRun = context.Parsed.GetValue(_dryRun);
        context.Configure(options => options.DryRun |= isDryRun);
        _policy.Apply(context);
        await _consent.ApplyAsync(context, cancellationToken);
        return isDryRun
            ? await RehearseAsync(context, cancellationToken)
            : await MigrateForRealAsync(context, cancellationToken);
    }

    private async Task<ExitCode> RehearseAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DataDirectory.DemandThatTheyCanBeMade(context.Folders);
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

    /// <summary>The state of the databases, where it is all that there is to show: it is a reading of its own.</summary>
    private static async Task<IReadOnlyList<DatabaseStatus>> ReadCurrentAsync(
        CommandContext context,
        MigrationSummary summary,
        CancellationToken cancellationToken
    ) =>
        context.Output.ShowsText && summary.Databases.All(database => database.Migrations.Count == 0)
            ? (await context.Manager.GetStatusAsync(cancellationToken: cancellationToken)).Databases
            : [];
}
