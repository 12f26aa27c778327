using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>archive</c></summary>
internal sealed class ArchiveCommand
{
    private const string Description = """
        Take the migrations before a version out of the C# project, and keep them as SQL in one file per context. Compiling
        needs neither their designer files nor their models any more. Reads and writes no database.

        Databases of any version are still migrated, up and down, with the same checks, checksums and history. Embed the
        archive in the assembly that contains the migrations, beside the compiled ones:
          <EmbeddedResource Include="Migrations/**/*.migrations.json" />
        The source files are found by the symbols (.pdb) of the assembly, which must have been built from them. They are
        deleted once the archive is on the disk, was read back, and its SQL has created the same schema. An interrupted run
        is finished by the next one. The way back is version control: restore the source files, and delete the archive.

        Examples:
          ragstudio-db archive --before 20250101000000_Split --assembly bin/Debug/net10.0/Shop.dll --context ShopContext --dry-run
          ragstudio-db archive --before Split --assembly bin/Debug/net10.0/Shop.dll --context ShopContext --project . --yes
        """;

    private readonly Option<string> _before = new("--before")
    {
        Description = "The oldest migration that stays: its id, time stamp or name.",
        HelpName = "VERSION",
        Required = true,
    };

    private readonly Option<string?> _project = new("--project")
    {
        Description = "The folder with the source files. Default: the current folder.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The folder of the archive and the compiled migrations. Default: that of the migration VERSION.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only list what would be done." };

    public static Command Create(CommandRunner runner)
    {
        var archive = new ArchiveCommand();
        var command = new Command("archive", Description)
        {
            archive._before,
            archive._project,
            archive._output,
            archive._dryRun,
        };
        return runner.AttachReading(command, archive.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var project = new ProjectFolder(FolderOf(context, _project) ?? context.Environment.CurrentDirectory);
        var isDry = context.Parsed.GetValue(_dryRun);
        var (database, before) = ArchivePlanner.Select(
            [.. context.Services.GetServices<IMigrationDatabase>()],
            context.Parsed.GetValue(_before)!
        );
        var finished = isDry ? [] : await FinishAsync(context, project, cancellationToken);
        var plan = new ArchivePlanner(
            database,
            before,
            finished.Count == 0 ? project : project.Again(),
            FolderOf(context, _output)
        ).Plan();
        var isProved = false;
        if (plan is not null && !isDry)
        {
            await context.Confirmation.DemandAsync(
                () => Task.FromResult(ArchiveView.Question(plan, project)),
                cancellationToken
            );
            isProved = await plan.RunAsync(cancellationToken);
        }
        var document = new ArchiveDocument(
            database.Name,
            before,
            plan?.Versions ?? [],
            plan?.Archive,
            [.. finished, .. plan?.Files ?? []],
            isProved,
            isDry
        );
        context.Output.Write(document, display => ArchiveView.Show(display, document));
        return ExitCode.Done;
    }

    /// <summary>Deletes what an interrupted run, which was confirmed, has left.</summary>
    private static async Task<IReadOnlyList<string>> FinishAsync(
        CommandContext context,
        ProjectFolder project,
        CancellationToken cancellationToken
    )
    {
        var finished = new List<string>();
        foreach (var archive in PendingDeletion.ArchivesIn(project).ToArray())
        {
            var pending = PendingDeletion.Read(archive)!;
            pending.DemandSources(archive, project);
            await context.Confirmation.DemandAsync(
                () =>
                    Task.FromResult<IReadOnlyList<string>>([
                        $"An interrupted run has written {archive}. It will be finished: its migrations' files go.",
                    ]),
                cancellationToken
            );
            finished.AddRange(pending.Finish(archive));
        }
        return finished;
    }

    private static string? FolderOf(CommandContext context, Option<string?> option)
    {
        if (context.Parsed.GetValue(option) is not { } given)
        {
            return null;
        }
        var folder = Path.GetFullPath(given, context.Environment.CurrentDirectory);
        return Directory.Exists(folder)
            ? folder
            : throw CommandException.Usage($"there is no folder '{folder}'. Name the one with the source files.");
    }
}
