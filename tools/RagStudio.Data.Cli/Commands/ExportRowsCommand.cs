using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>export-rows</c></summary>
internal sealed class ExportRowsCommand
{
    private const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Description = """
        Write every row of RAG Studio's databases to a file of JSON lines, which 'import-rows' reads on any provider.

        Writers are not blocked; a database is read as it was at one moment. The file is complete or not there. A new one can
        only be read by its owner; an existing one is replaced after confirmation, or with --yes.

        Example:
          ragstudio-db export-rows --output rows.jsonl
        """;

    private readonly Option<string> _output = new("--output")
    {
        Description = "The file to write.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(CommandRunner runner)
    {
        var export = new ExportRowsCommand();
        return runner.AttachReading(new Command("export-rows", Description) { export._output }, export.ExportAsync);
    }

    private async Task<ExitCode> ExportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        OwnData.Demand(context, "export-rows");
        var (given, path) = OwnData.FileOf(context, _output);
        var file = new OutputFile(path, given);
        file.Demand([
            .. context
                .Services.GetServices<IMigrationDatabase>()
                .Select(one => one.Storage.File?.Path)
                .OfType<string>(),
        ]);
        if (file.Replaces)
        {
            IReadOnlyList<string> question = [$"'{given}' already exists and will be replaced."];
            await context.Confirmation.DemandAsync(() => Task.FromResult(question), cancellationToken);
        }
        await DatabasesInUse.DemandAsync(context, cancellationToken);
        var export = context.Services.GetRequiredService<RowExport>();
        RowTotals? totals = null;
        try
        {
            await file.WriteAsync(
                async stream => totals = await export.ExportAsync(stream, cancellationToken),
                file.Replaces ? null : OwnersOwn
            );
        }
        catch (InvalidDataException error)
        {
            throw new CommandException(ExitCode.Invalid, $"{error.Message} Nothing was written.", error);
        }
        var document = RowsDocument.From(path, totals!);
        context.Output.Write(document, display => RowsView.Show(display, $"Wrote {given}", document));
        return ExitCode.Done;
    }
}
