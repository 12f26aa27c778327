using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>report</c></summary>
internal sealed class ReportCommand
{
    private const string Description = """
        Write one page to look at, or to send: the state of the databases, their history, their schema as a diagram, the
        findings of a quick validation that is made for it, the backups. Locks and writes no database.

        The page is one file that loads nothing and has no script. It has names, sizes and the reasons of failures in it, and
        no row of a table. A file that is there already is replaced where you agree, or with --yes.

        Examples:
          ragstudio-db report --html report.html
          ragstudio-db report --html report.html --yes --database events
        """;

    private readonly Option<string> _html = new("--html")
    {
        Description = "The file to write.",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(CommandRunner runner)
    {
        var report = new ReportCommand();
        return runner.TieReading(new Command("report", Description) { report._html }, report.WriteAsync);
    }

    private async Task<ExitCode> WriteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Parsed.GetRequiredValue(_html);
        var path = FullPath(given, context.Environment.CurrentDirectory);
        var file = new ReportFile(path, given);
        var databases = context.Services.GetServices<IMigrationDatabase>().Select(database => database.Storage.Path);
        await file.DemandAsync([.. databases], context.Confirmation, cancellationToken);
        AbsentDatabases.Tell(context);
        var content = await new ReportReader(context).ReadAsync(cancellationToken);
        var bytes = await file.WriteAsync(ReportPage.Write(content, StyleSheet.Load()), cancellationToken);
        var document = new ReportPageDocument(path, bytes, content.Status.Verdict);
        context.Output.Write(document, display => display.Line($"Wrote {given}.", Tone.Good));
        return ExitCode.Done;
    }

    private static string FullPath(string given, string currentDirectory) =>
        string.IsNullOrWhiteSpace(given)
            ? throw CommandException.Usage("--html is empty: name a file.")
            : Path.GetFullPath(given, currentDirectory);
}
