using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>backup prune</c></summary>
internal sealed class BackupPruneCommand
{
    private const int MaxKeep = 1000;

    private const string Description = """
        Remove old backup sets of these databases. The newest good one always stays, and so does one that an interrupted
        run is undone with. Sets that hold other databases too are never removed.

        A set goes when any limit says so. Those made by 'backup create' are counted by themselves, and so are those of
        each --database. Every migration does the same by itself, with the limit of 10 sets.

        It asks before it begins; where nobody can answer, it wants --yes.

        Examples:
          ragstudio-db backup prune --keep 3
          ragstudio-db backup prune --max-age 90 --max-bytes 10000000000 --yes
        """;

    private readonly Option<int?> _keep = new("--keep")
    {
        Description = "How many sets to keep: 1 to 1000. Default: 10.",
        HelpName = "N",
        CustomParser = argument => OptionParsers.Number(argument, least: 1, MaxKeep),
    };

    private readonly Option<TimeSpan?> _maxAge = new("--max-age")
    {
        Description = "How old a set may be: 0.001 to 3650. Default: any age.",
        HelpName = "DAYS",
        CustomParser = OptionParsers.Days,
    };

    private readonly Option<long?> _maxBytes = new("--max-bytes")
    {
        Description = "How many bytes all sets together may take. Default: any number.",
        HelpName = "BYTES",
        CustomParser = OptionParsers.Bytes,
    };

    public static Command Create(CommandRunner runner)
    {
        var prune = new BackupPruneCommand();
        var command = new Command("prune", Description) { prune._keep, prune._maxAge, prune._maxBytes };
        return runner.Tie(command, prune.PruneAsync);
    }

    private async Task<ExitCode> PruneAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var limits = new MigrationOptions();
        Configure(limits, context.Parsed);
        context.Configure(options => Configure(options, context.Parsed));
        var sets = await context.Manager.Backups.ListAsync(cancellationToken);
        await context.Confirmation.DemandAsync(
            () => Task.FromResult(BackupView.PruneQuestion(sets, limits)),
            cancellationToken
        );
        // Without a set there may be no database either, and locking would make its files.
        var removed = sets.Count == 0 ? [] : await context.Manager.Backups.PruneAsync(cancellationToken);
        var document = new BackupPruneDocument([.. removed.Select(set => set.Id)]);
        context.Output.Write(document, display => BackupView.ShowRemoved(display, removed));
        return ExitCode.Done;
    }

    private void Configure(MigrationOptions options, ParseResult parsed)
    {
        options.BackupsToKeep = parsed.GetValue(_keep) ?? options.BackupsToKeep;
        options.BackupMaxAge = parsed.GetValue(_maxAge) ?? options.BackupMaxAge;
        options.BackupMaxBytes = parsed.GetValue(_maxBytes) ?? options.BackupMaxBytes;
    }
}
