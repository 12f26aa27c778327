using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Cli;

/// <summary><c>import</c></summary>
internal sealed class ImportCommand
{
    private const int MaxChunkSize = 100_000;

    private const string Description = """
        Import the .txt, .md and .markdown files of a folder and its sub-folders into a knowledge base, split into chunks.

        The knowledge base sets the number of words per chunk and how many words consecutive chunks share; words are separated
        by white space. Content that is already present is skipped. A file that has changed since becomes a new document.
        Hidden files and links are ignored.

        An import that is stopped or fails keeps the documents written so far; run it again to import the rest.

        Nothing is written if a file is not UTF-8 text or cannot be opened (exit code 2), or if migrations are pending (exit
        code 3: run 'ragstudio-db migrate' first).

        Example:
          ragstudio-db import ~/notes --knowledge-base notes --chunk-size 256
        """;

    private readonly Argument<string> _folder = new("folder") { Description = "The folder to import." };

    private readonly Option<string> _name = new("--knowledge-base", "-k")
    {
        Description = "The knowledge base; created if it does not exist.",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<string?> _embedderModel = new("--embedder-model")
    {
        Description = "The embedder of a new knowledge base. Default: all-MiniLM-L6-v2.",
        HelpName = "NAME",
    };

    private readonly Option<int?> _chunkSize = new("--chunk-size")
    {
        Description = "The number of words per chunk in a new knowledge base. Default: 512.",
        HelpName = "WORDS",
        CustomParser = argument => OptionParsers.Number(argument, least: 1, MaxChunkSize),
    };

    private readonly Option<int?> _chunkOverlap = new("--chunk-overlap")
    {
        Description = "The number of words that consecutive chunks share in a new knowledge base. Default: 50.",
        HelpName = "WORDS",
        CustomParser = argument => OptionParsers.Number(argument, least: 0, MaxChunkSize),
    };

    private readonly Option<bool> _skipUnreadable = new("--skip-unreadable")
    {
        Description = "Skip files that cannot be read, instead of refusing the folder.",
    };

    public static Command Create(CommandRunner runner)
    {
        var import = new ImportCommand();
        var command = new Command("import", Description)
        {
            import._folder,
            import._name,
            import._embedderModel,
            import._chunkSize,
            import._chunkOverlap,
            import._skipUnreadable,
        };
        return runner.Attach(command, import.ImportAsync);
    }

    private async Task<ExitCode> ImportAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Settings.Application is not null)
        {
            throw CommandException.Usage("'import' works on RAG Studio's databases only: omit --assembly.");
        }

        var started = Stopwatch.GetTimestamp();
        var folder = FolderOf(context);
        var request = RequestOf(context);
        await DatabasesInUse.DemandAsync(context, cancellationToken);
        var scan = await context.Output.WithProgressAsync(bar => FolderScan.ReadAsync(folder, bar, cancellationToken));
        UnreadableFiles.Report(scan.Unreadable, context.Parsed.GetValue(_skipUnreadable), context.Output);

        if (scan.Files.Count == 0)
        {
            context.Output.Warn($"there is no .txt, .md or .markdown file to import in '{folder}'.");
        }

        // Nothing has been written before this line.
        var import = context.Services.GetRequiredService<FolderImport>();
        var summary = await WriteAsync(
            context,
            bar => import.RunAsync(request, scan.Files, bar, cancellationToken),
            cancellationToken
        );
        var document = ImportDocument.From(request, scan, summary, Stopwatch.GetElapsedTime(started));
        context.Output.Write(document, display => ImportView.Show(display, document));
        return ExitCode.Done;
    }

    private static async Task<ImportSummary> WriteAsync(
        CommandContext context,
        Func<IProgress<ProgressStep>?, Task<ImportSummary>> write,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await context.Output.WithProgressAsync(write);
        }
        // Unlike all other commands, this one keeps what it had done.
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCode.Cancelled,
                "cancelled; the documents written so far are kept. Run the import again for the rest.",
                error
            );
        }
    }

    private string FolderOf(CommandContext context)
    {
        var argument = context.Parsed.GetValue(_folder);
        if (string.IsNullOrEmpty(argument))
        {
            throw CommandException.Usage("the folder to import is empty: specify one.");
        }

        var folder = Path.GetFullPath(argument, context.Environment.CurrentDirectory);
        if (File.Exists(folder))
        {
            throw CommandException.Usage($"'{folder}' is a file: name the folder to import.");
        }

        return Directory.Exists(folder) ? folder : throw CommandException.Usage($"there is no folder '{folder}'.");
    }

    private ImportRequest RequestOf(CommandContext context)
    {
        var name = context.Parsed.GetValue(_name);
        return string.IsNullOrWhiteSpace(name)
            ? throw CommandException.Usage("--knowledge-base is empty: specify one.")
            : new ImportRequest(
                name,
                context.Parsed.GetValue(_embedderModel),
                context.Parsed.GetValue(_chunkSize),
                context.Parsed.GetValue(_chunkOverlap)
            );
    }
}
