using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli;

/// <summary><c>import-rows</c></summary>
internal sealed class ImportRowsCommand
{
    private const string Description = """
        Read the file that 'export-rows' has written into empty databases, on any provider.

        Run 'ragstudio-db migrate' first. Everything is committed once the whole file and the result are verified. Nothing is
        changed if the file was cut or altered, is of another version or has a row that cannot be stored (exit code 2), or if a
        table has rows (exit code 11).

        Examples:
          ragstudio-db import-rows --input rows.jsonl
          ragstudio-db import-rows --input rows.jsonl --connection "Host=db.example.org;Database=ragstudio"
        """;

    private readonly Option<string> _input = new("--input")
    {
        Description = "The file to read.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(CommandRunner runner)
    {
        var import = new ImportRowsCommand();
        return runner.Attach(new Command("import-rows", Description) { import._input }, import.ImportAsync);
    }

    private async Task<ExitCode> ImportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        OwnData.Demand(context, "import-rows");
        var (given, path) = OwnData.FileOf(context, _input);
        await using var stream = Open(given, path);
        await DatabasesInUse.DemandAsync(context, cancellationToken);
        var totals = await context.Services.GetRequiredService<RowImport>().ImportAsync(stream, cancellationToken);
        var document = RowsDocument.From(path, totals);
        context.Output.Write(document, display => RowsView.Show(display, $"Imported {given}", document));
        return ExitCode.Done;
    }

    private static FileStream Open(string given, string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"'{given}' cannot be read: {error.Message}", error);
        }
    }
}
