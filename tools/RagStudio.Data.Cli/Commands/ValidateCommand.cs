using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>validate</c></summary>
internal sealed class ValidateCommand
{
    private const string Description = """
        Check the databases: structure, history, schema, references, the rules of RAG Studio, references across both databases.
        Does not change the databases' content; an application can use them meanwhile.

        Exits with 6 if there are errors, and names the first 20 of each check with table and id. Warnings do not affect the
        exit code. In databases over 2 GiB, indexes are not compared with their tables unless --full is given.

        Examples:
          ragstudio-db validate
          ragstudio-db validate --database events --quick --json
        """;

    private readonly Option<bool> _full = new("--full")
    {
        Description = "Compare each index with its table, regardless of size.",
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "Skip comparing indexes with their tables." };

    public static Command Create(CommandRunner runner)
    {
        var validate = new ValidateCommand();
        var command = new Command("validate", Description) { validate._full, validate._quick };
        return runner.AttachReading(command, validate.ValidateAsync);
    }

    private async Task<ExitCode> ValidateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var depth = ReadDepth(context);
        InterruptedRun.DemandNoneElsewhere(context);
        var validator = context.Services.GetRequiredService<DataValidator>();
        var summary = await context.Output.WithProgressAsync(bar =>
            validator.ValidateAsync(depth, MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(ValidateDocument.From(summary), display => ValidateView.Show(display, summary));
        if (summary.Reports.All(report => report.ChecksPerformed == 0))
        {
            var place =
                context.OnServers.Count > 0 ? await AbsentDatabases.FindPlaceAsync(context, cancellationToken) : null;
            context.Output.Error($"there is no database {place ?? $"in {context.Place}"}: nothing was checked.");
            return ExitCode.Pending;
        }

        return Judge(summary, context);
    }

    private static ExitCode Judge(ValidationSummary summary, CommandContext context)
    {
        if (!summary.Valid)
        {
            var errors = ReadableText.Count(summary.Reports.Sum(report => report.ErrorCount), "error");
            context.Output.Error(
                $"{errors} found. Nothing was changed."
                    + (
                        context.OnServers.Count > 0
                            ? ""
                            : " 'ragstudio-db backup list' shows the backups that can be restored."
                    )
            );
            return ExitCode.Invalid;
        }

        if (summary.Interrupted)
        {
            context.Output.Error("this is the state that an interrupted run left. Run 'ragstudio-db recover' first.");
            return ExitCode.Pending;
        }

        return ExitCode.Done;
    }

    private CheckDepth? ReadDepth(CommandContext context) =>
        (context.Parsed.GetValue(_full), context.Parsed.GetValue(_quick)) switch
        {
            (true, true) => throw CommandException.Usage("--full and --quick are mutually exclusive."),
            (true, false) => CheckDepth.Full,
            (false, true) => CheckDepth.Quick,
            _ => null,
        };
}
