using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>script</c></summary>
internal sealed class ScriptCommand
{
    private const string Description = """
        Print the SQL of migrations, of all or of those after one version up to another. Reads and writes no database.

        It is for reading, and for a review. What 'migrate' does beside it is not in it: the backup, the transactions, the
        checks, EF's history. A version that only some databases have leaves out those that lack it.

        Examples:
          ragstudio-db script
          ragstudio-db script 0 NormaliseEvents --database events
          ragstudio-db script TraceEvents --output traces.sql
        """;

    private readonly Argument<string?> _from = new("from")
    {
        Description =
            "The version before the first: a migration's id, its time stamp or its name. Default: 0, none at all.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _to = new("to")
    {
        Description = "The last version. Default: the newest of each database.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Write the SQL to a file, in place of one that is there.",
        HelpName = "FILE",
    };

    public static Command Create(CommandRunner runner)
    {
        var script = new ScriptCommand();
        var command = new Command("script", Description) { script._from, script._to, script._output };
        return runner.TieReading(command, script.WriteAsync);
    }

    private async Task<ExitCode> WriteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var range = new ScriptRange(context.Parsed.GetValue(_from), context.Parsed.GetValue(_to));
        var databases = context.Services.GetServices<IMigrationDatabase>().ToArray();
        var document = new ScriptDocument([.. range.Of(databases).Select(ScriptedDatabaseDocument.From)]);
        if (context.Parsed.GetValue(_output) is { } file)
        {
            await SaveAsync(document, Path.GetFullPath(file, context.Environment.CurrentDirectory), cancellationToken);
            context.Output.Write(document, display => display.Line($"Wrote {file}.", Tone.Good));
            return ExitCode.Done;
        }

        context.Output.Write(document, display => Show(context, display, document));
        return ExitCode.Done;
    }

    // A pipe gets the text as it is: a value in it may hold a tab.
    private static void Show(CommandContext context, IDisplay display, ScriptDocument document)
    {
        if (context.Environment.OutIsTerminal)
        {
            ScriptView.Show(display, document);
        }
        else
        {
            context.Environment.Out.WriteLine(string.Join('\n', ScriptView.Lines(document)));
        }
    }

    private static async Task SaveAsync(ScriptDocument document, string file, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllLinesAsync(file, ScriptView.Lines(document), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"'{file}' cannot be written: {error.Message}", error);
        }
    }
}
