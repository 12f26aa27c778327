using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>backup prune</c></summary>
internal sealed class BackupPruneCommand
{
    private const int MaxKeep = 1000;

    private const string Description = """
        Remove old backup sets of these databases. The newest good set is always kept, and so is a set needed to recover from
        an interrupted run. Sets that also hold other databases are never removed.

        A set is removed if it exceeds any of the limits. Sets made by 'backup create' are counted separately, and so are the
        sets of each --database. A compressed set takes less space, and is restored like any other. Every migration prunes in the same way, with a limit of 10 sets.

        Prompts for confirmation; pass --yes in scripts.

        Examples:
          ragstudio-db backup prune --keep 3
          ragstudio-db backup prune --max-age 90 --max-bytes 10000000000 --yes
          ragstudio-db backup prune --keep 20 --compress-beyond 2 --yes
        """;

    private readonly Option<int?> _keep = new("--keep")
    {
        Description = "The number of sets to keep: 1 to 1000. Default: 10.",
        HelpName = "N",
        CustomParser = argument => OptionParsers.Number(argument, least: 1, MaxKeep),
    };

    private readonly Option<TimeSpan?> _maxAge = new("--max-age")
    {
        Description = "The maximum age of a set: 0.001 to 3650. Default: unlimited.",
        HelpName = "DAYS",
        CustomParser = OptionParsers.Days,
    };

    private readonly Option<long?> _maxBytes = new("--max-bytes")
    {
        Description = "The maximum total size of all sets, in bytes. Default: unlimited.",
        HelpName = "BYTES",
        CustomParser = OptionParsers.Bytes,
    };

    private readonly Option<int?> _compressBeyond = new("--compress-beyond")
    {
        Description = "Compress the sets older than the newest N: 1 to 1000. Default: compress none.",
        HelpName = "N",
        CustomParser = argument => OptionParsers.Number(argument, least: 1, MaxKeep),
    };

    public static Command Create(CommandRunner runner)
    {
        var prune = new BackupPruneCommand();
        var command = new Command("prune", Description)
        {
            prune._keep,
            prune._maxAge,
            prune._maxBytes,
            prune._compressBeyond,
        };
        return runner.Attach(command, prune.PruneAsync);
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
        // Without sets there may be no databases either, and locking would create their files.
        var removed = sets.Count == 0 ? [] : await context.Manager.Backups.PruneAsync(cancellationToken);
        var document = new BackupPruneDocument([.. removed.Select(set => set.Id)]);
        context.Output.Write(document, display => BackupView.ShowRemoved(display, removed));
        return ExitCode.Done;
    }

    private void Configure(MigrationOptions options, ParseResult parsed)
    {
        options.BackupsToKeep = parsed.GetValue(_keep) ?? options.BackupsToKeep;
        options.BackupMaxAge = parsed.GetValue(_maxAge) ?? options.BackupMaxAge;
        options.CompressBackupsBeyond = parsed.GetValue(_compressBeyond) ?? options.CompressBackupsBeyond;
        options.BackupMaxBytes = parsed.GetValue(_maxBytes) ?? options.BackupMaxBytes;
    }
}
