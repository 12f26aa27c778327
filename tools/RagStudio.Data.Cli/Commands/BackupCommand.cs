using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>backup create</c>, <c>backup list</c> and <c>backup verify</c></summary>
internal static class BackupCommand
{
    private const string Description = """
        Create, list, verify and prune backups of the databases.

        Example:
          ragstudio-db backup create
        """;

    private const string CreateDescription = """
        Copy both databases into a new backup set and check the copies. A damaged database is copied with a warning.

        A database on a server is dumped by pg_dump while others use it, and the dump is restored into a scratch database to
        check it. --backup-dir names the folder.

        Example:
          ragstudio-db backup create --data-dir ~/ragstudio
        """;

    private const string ListDescription = """
        List the complete backup sets, newest first. Writes nothing.

        Example:
          ragstudio-db backup list --json
        """;

    private const string VerifyDescription = """
        Verify that every backup set can be restored, or one: its files, their SHA-256 and their content. Writes nothing.

        Exits with 6 if a set is damaged or its manifest is unreadable, and with 11 if there is no such set.

        Examples:
          ragstudio-db backup verify --data-dir ~/ragstudio
          ragstudio-db backup verify 20260722T101500123Z_0a1b2c3d4e5f
        """;

    public static Command Create(CommandRunner runner)
    {
        var id = new Argument<string?>("backup id")
        {
            Description = "The id of a set, as shown by 'backup list'. Default: all sets.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("backup", Description)
        {
            runner.Attach(new Command("create", CreateDescription), CreateAsync),
            runner.AttachReading(new Command("list", ListDescription), ListAsync),
            runner.AttachReading(
                new Command("verify", VerifyDescription) { id },
                (context, cancellationToken) => VerifyAsync(context, context.Parsed.GetValue(id), cancellationToken)
            ),
            BackupPruneCommand.Create(runner),
        };
    }

    private static async Task<ExitCode> CreateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.DemandBackupFolder();
        var set = await context.Output.WithProgressAsync(bar =>
            context.Manager.Backups.CreateAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        if (set is null)
        {
            throw new CommandException(ExitCode.BackupFailed, $"there is no database in {context.Place} to back up.");
        }

        context.Output.Write(BackupCreatedDocument.From(set), display => BackupView.ShowCreated(display, set));
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<BackupVerification>> VerifyAsync(
        IBackupManager backups,
        string? id,
        bool isUnreadable,
        IProgress<ProgressStep>? bar,
        CancellationToken cancellationToken
    ) =>
        id is null ? await backups.VerifyAsync(MigrationProgressText.On(bar), cancellationToken)
        : isUnreadable ? []
        : [await backups.VerifyAsync(id, MigrationProgressText.On(bar), cancellationToken)];

    private static async Task<ExitCode> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await AbsentDatabases.WarnAsync(context, cancellationToken);
        var sets = await context.Manager.Backups.ListAsync(cancellationToken);
        var unreadable = await context.Manager.Backups.ListUnreadableAsync(cancellationToken);
        var document = new BackupListDocument([.. sets.Select(BackupDocument.From)])
        {
            Unreadable = UnreadableBackupDocument.OrNone(unreadable),
        };
        context.Output.Write(document, display => BackupView.ShowList(display, sets, unreadable));
        return ExitCode.Done;
    }

    private static async Task<ExitCode> VerifyAsync(
        CommandContext context,
        string? id,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<UnreadableBackup> unreadable =
        [
            .. (await context.Manager.Backups.ListUnreadableAsync(cancellationToken)).Where(set =>
                id is null || string.Equals(set.Id, id, StringComparison.OrdinalIgnoreCase)
            ),
        ];
        var results = await context.Output.WithProgressAsync(bar =>
            VerifyAsync(context.Manager.Backups, id, isUnreadable: unreadable.Count > 0, bar, cancellationToken)
        );
        var document = new BackupVerifyDocument([.. results.Select(VerifiedBackupDocument.From)])
        {
            Unreadable = UnreadableBackupDocument.OrNone(unreadable),
        };
        context.Output.Write(document, display => BackupView.ShowVerified(display, results, unreadable));
        var damaged = results.Count(result => !result.IsGood) + unreadable.Count;
        if (damaged == 0)
        {
            return ExitCode.Done;
        }

        context.Output.Error(
            $"{damaged} of {ReadableText.Count(results.Count + unreadable.Count, "backup")} cannot be restored."
        );
        return ExitCode.Invalid;
    }
}
