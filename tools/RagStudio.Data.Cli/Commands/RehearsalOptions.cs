using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>The options of a rehearsal on a server.</summary>
internal sealed class RehearsalOptions
{
    private const string ConnectionVariable = "RAGSTUDIO_REHEARSAL_CONNECTION";

    private readonly Option<string?> _on = new("--rehearse-on")
    {
        Description =
            $"On a server: first migrate this database, made from a dump, which stays migrated. Without a value: ${ConnectionVariable}, which no list of processes shows.",
        HelpName = "\"Host=SERVER;Database=NAME\"",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _rows = new("--rehearsal-rows")
    {
        Description =
            "On a server: how many rows of each table a rehearsal copies, besides those to which they refer; 0 for all. Default: 5000.",
        HelpName = "ROWS",
        CustomParser = argument => OptionParsers.Number(argument, least: 0),
    };

    public void AddTo(Command command)
    {
        command.Add(_on);
        command.Add(_rows);
    }

    /// <summary>Sets the migrator's options given on the command line.</summary>
    /// <exception cref="CommandException">They do not fit the databases, or the user does not consent.</exception>
    public async Task ApplyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_rows) is { } rows)
        {
            context.Configure(options => options.RehearsalRows = rows);
        }
        if (context.Parsed.GetResult(_on) is null)
        {
            return;
        }
        var target = context.Parsed.GetValue(_on) ?? context.Environment.Variable(ConnectionVariable);
        if (string.IsNullOrWhiteSpace(target))
        {
            throw CommandException.Usage(
                $"--rehearse-on has no value, and ${ConnectionVariable} is not set: give a connection string."
            );
        }
        var name = NameOf(context);
        context.Configure(options => options.RehearseByMigrating[name] = target);
        await context.Confirmation.DemandAsync(
            () =>
                Task.FromResult<IReadOnlyList<string>>([
                    $"The database of --rehearse-on is migrated in the place of {name}, and stays migrated.",
                ]),
            cancellationToken
        );
    }

    /// <summary>The database whose place it takes. It is found without the migrator, whose options are not complete yet.</summary>
    private static string NameOf(CommandContext context)
    {
        var contexts = context.Application?.Contexts ?? [];
        return
            contexts.DistinctBy(one => one.Database.ConnectionString).Count() == 1 && contexts[0].Database.File is null
            ? contexts[0].Name
            : throw CommandException.Usage(
                "--rehearse-on takes the place of one database on a PostgreSQL server: select its contexts with --assembly and --context."
            );
    }
}
