using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary><c>report</c></summary>
internal sealed class ReportCommand
{
    private const string Description = """
        Write an HTML report of the databases: state, history, schema diagram, the findings of a quick validation, backups.
        Takes no lock and does not change the databases' content.

        The page is a single file that loads nothing and contains no script. It contains names, sizes and failure reasons,
        but no table rows. An existing file is replaced after confirmation, or with --yes.

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
        return runner.AttachReading(new Command("report", Description) { report._html }, report.WriteAsync);
    }

    private async Task<ExitCode> WriteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Parsed.GetRequiredValue(_html);
        var path = FullPath(given, context.Environment.CurrentDirectory);
        var file = new ReportFile(path, given);
        var databases = context
            .Services.GetServices<IMigrationDatabase>()
            .Select(database => database.Storage.File?.Path)
            .OfType<string>();
        await file.DemandAsync([.. databases], context.Confirmation, cancellationToken);
        await AbsentDatabases.WarnAsync(context, cancellationToken);
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
