using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>script</c></summary>
internal sealed class ScriptCommand
{
    private const string Description = """
        Print the SQL of the migrations, of all or of a range. Reads and writes no database.

        The script is meant for reading and review. It does not include what 'migrate' adds: the backup, the transactions, the
        checks, EF's history. A database that lacks a given version is left out.

        Examples:
          ragstudio-db script
          ragstudio-db script 0 NormaliseEvents --database events
          ragstudio-db script TraceEvents --output traces.sql
        """;

    private readonly Argument<string?> _from = new("from")
    {
        Description =
            "The version to start after: a migration's id, time stamp or name. Default: 0, the empty database.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _to = new("to")
    {
        Description = "The last version to include. Default: the newest of each database.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Write the SQL to a file; an existing file is replaced.",
        HelpName = "FILE",
    };

    public static Command Create(CommandRunner runner)
    {
        var script = new ScriptCommand();
        var command = new Command("script", Description) { script._from, script._to, script._output };
        return runner.AttachReading(command, script.WriteAsync);
    }

    private async Task<ExitCode> WriteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var range = new ScriptRange(context.Parsed.GetValue(_from), context.Parsed.GetValue(_to));
        var databases = context.Services.GetServices<IMigrationDatabase>().ToArray();
        var file = OutputFor(context, databases);
        var document = new ScriptDocument([.. range.Select(databases).Select(ScriptedDatabaseDocument.From)]);
        if (file is not null)
        {
            var lines = ScriptView.Lines(document).Select(line => line + Environment.NewLine);
            await file.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines)), mode: null, cancellationToken);
            var given = context.Parsed.GetValue(_output);
            context.Output.Write(document, display => display.Line($"Wrote {given}.", Tone.Good));
            return ExitCode.Done;
        }

        context.Output.Write(document, display => Show(context, display, document));
        return ExitCode.Done;
    }

    private OutputFile? OutputFor(CommandContext context, IEnumerable<IMigrationDatabase> databases)
    {
        if (context.Parsed.GetValue(_output) is not { } given)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(given))
        {
            throw CommandException.Usage("--output is empty: name a file.");
        }

        var file = new OutputFile(Path.GetFullPath(given, context.Environment.CurrentDirectory), given);
        file.Demand([.. databases.Select(database => database.Storage.File?.Path).OfType<string>()]);
        return file;
    }

    // A pipe gets the text unchanged, because a value in it may contain a tab.
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
}
