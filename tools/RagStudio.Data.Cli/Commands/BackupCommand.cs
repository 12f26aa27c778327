using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary><c>backup create</c> and <c>backup list</c></summary>
internal static class BackupCommand
{
    private const string CreateDescription = """
        Copy both databases into one new backup set, and check the copies.

        Example:
          ragstudio-db backup create --data-dir ~/ragstudio
        """;

    private const string ListDescription = """
        List the complete backup sets, the newest first. Writes nothing.

        Example:
          ragstudio-db backup list --json
        """;

    public static Command Create(CommandRunner runner) =>
        new("backup", "Make and list backups of the databases.")
        {
            runner.Tie(new Command("create", CreateDescription), CreateAsync),
            runner.Tie(new Command("list", ListDescription), ListAsync),
        };

    private static async Task<ExitCode> CreateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var set = await context.Output.WithProgressAsync(bar =>
            context.Manager.CreateBackupAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        if (set is null)
        {
            throw new CommandException(
                ExitCode.BackupFailed,
                $"there is no database in '{context.Settings.DataDirectory}' to back up."
            );
        }

        context.Output.Write(BackupCreatedDocument.From(set), display => BackupView.ShowCreated(display, set));
        return ExitCode.Done;
    }

    private static async Task<ExitCode> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sets = await context.Manager.ListBackupsAsync(cancellationToken);
        var document = new BackupListDocument([.. sets.Select(BackupDocument.From)]);
        context.Output.Write(document, display => BackupView.ShowList(display, sets));
        return ExitCode.Done;
    }
}
