using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary><c>copy</c></summary>
internal sealed class CopyCommand
{
    private const string Description = """
        Copy all rows to another database, from SQLite to PostgreSQL or back, as one unit.

        Nobody can write the source meanwhile. It is validated first, and everything that the target cannot hold is reported
        before anything is written (exit code 11), also with --dry-run. The target is created by its own migrations. After the
        copying, row counts and a hash of each table are compared, and the target is validated. If anything fails, or the
        process is killed, the target is as it was; run the command again.

        Afterwards the source is marked as moved: programs that start on it fail with the place of its data (exit code 7), and
        it cannot be written until 'reopen'. It is not deleted.

        --from and --to name a folder or a connection string of PostgreSQL. For another application (--assembly) they are
        connection strings; without --from, its own databases are copied. Whichever is missing is taken from
        $RAGSTUDIO_CONNECTION, which no list of processes shows. --from-events and --to-events name a second database, in which
        RAG Studio's events are; the target's two must be on one server that can prepare transactions.

        Examples:
          ragstudio-db copy --from ./data --to "Host=db.example.org;Database=ragstudio" --dry-run
          RAGSTUDIO_CONNECTION="Host=db.example.org;Database=ragstudio;Password=…" ragstudio-db copy --from ./data
          ragstudio-db copy --from "Host=db.example.org;Database=ragstudio" --to ./data2
          ragstudio-db copy --assembly Shop.dll --to-assembly Shop.PostgreSql.dll --from "Data Source=shop.db" --to "Host=db;Database=shop"
        """;

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Where the rows are: a folder or a connection string.",
        HelpName = "DIR|\"Host=…\"",
    };

    private readonly Option<string?> _to = new("--to")
    {
        Description = "Where they go: a folder or a connection string. It must have no rows.",
        HelpName = "DIR|\"Host=…\"",
    };

    private readonly Option<string?> _fromEvents = new("--from-events")
    {
        Description = "The database of RAG Studio's events, if --from is on a server and has none.",
        HelpName = "\"Host=…\"",
    };

    private readonly Option<string?> _toEvents = new("--to-events")
    {
        Description = "Another database for RAG Studio's events, if --to is on a server.",
        HelpName = "\"Host=…\"",
    };

    private readonly Option<string?> _toAssembly = new("--to-assembly")
    {
        Description =
            "The application's assembly with the migrations for the target, if they are not in that of --assembly.",
        HelpName = "APP.DLL",
    };

    private readonly Option<string[]> _leaveBehind = new("--leave-behind")
    {
        Description = "A table that no model has, and that stays behind; repeat for several.",
        HelpName = "TABLE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only report what would not fit." };

    public static Command Create(CommandRunner runner)
    {
        var copy = new CopyCommand();
        var command = new Command("copy", Description)
        {
            copy._from,
            copy._to,
            copy._fromEvents,
            copy._toEvents,
            copy._toAssembly,
            copy._leaveBehind,
            copy._dryRun,
        };
        return runner.Attach(command, copy.CopyAsync, CopyDocument.Failed);
    }

    private async Task<ExitCode> CopyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var sides = new CopySides(
            context,
            context.Parsed.GetValue(_from),
            context.Parsed.GetValue(_to),
            context.Parsed.GetValue(_fromEvents),
            context.Parsed.GetValue(_toEvents),
            context.Parsed.GetValue(_toAssembly)
        );
        await using var source = sides.CreateSource(cancellationToken);
        await using var target = sides.CreateTarget(cancellationToken);
        var options = new CopyOptions();
        options.LeaveBehind.UnionWith(context.Parsed.GetValue(_leaveBehind) ?? []);
        var copy = MigratorFactory.CreateCopy(source.Manager, target.Manager, options);
        return context.Parsed.GetValue(_dryRun)
            ? await PlanAsync(copy, context, cancellationToken)
            : await CopyAsync(copy, context, cancellationToken);
    }

    private static async Task<ExitCode> PlanAsync(
        IDatabaseCopy copy,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var plan = await context.Output.WithProgressAsync(bar =>
            copy.PlanAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(CopyDocument.From(plan), display => CopyView.Show(display, plan));
        return plan.Misfits.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<ExitCode> CopyAsync(
        IDatabaseCopy copy,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var summary = await context.Output.WithProgressAsync(bar =>
            copy.CopyAsync(MigrationProgressText.On(bar), cancellationToken)
        );
        context.Output.Write(CopyDocument.From(summary), display => CopyView.Show(display, summary));
        return ExitCode.Done;
    }
}
