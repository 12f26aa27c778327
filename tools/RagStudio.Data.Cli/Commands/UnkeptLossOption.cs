using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>The option that decides what a run on a server does about data that it drops and cannot keep.</summary>
internal sealed class UnkeptLossOption
{
    private const string Name = "--unkept-loss";
    private const string Dump = "dump";
    private const string LoseForever = "lose-forever";

    private static readonly string[] Policies = ["refuse", Dump, "restore-point", LoseForever];

    private readonly Option<string?> _policy = new(Name)
    {
        Description =
            "On a server: what to do about data that migrations drop and that cannot be kept in the database: refuse, dump (make a checked backup set in --backup-dir first), restore-point (where archiving works) or lose-forever (asks). Default: refuse.",
        HelpName = "POLICY",
        CustomParser = argument => OptionParsers.OneOf(argument, Policies),
        CompletionSources =
        {
            _ => Policies.Select(policy => new System.CommandLine.Completions.CompletionItem(policy)),
        },
    };

    public void AddTo(Command command) => command.Add(_policy);

    /// <summary>Sets the option of the databases if the command line gives it.</summary>
    /// <exception cref="CommandException">They are in files, no folder is named, or nobody has confirmed the loss.</exception>
    public async Task ApplyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_policy) is not { } policy)
        {
            return;
        }
        context.UnkeptLoss = policy;
        if (context.Application?.Contexts.Any(one => one.Database.File is null) != true)
        {
            throw CommandException.Usage(
                $"{Name} is for databases on a server. A run on files backs them up first, so nothing is lost."
            );
        }
        if (policy == Dump)
        {
            context.DemandBackupFolder();
        }
        if (policy == LoseForever)
        {
            await context.Confirmation.DemandAsync(
                () =>
                    Task.FromResult<IReadOnlyList<string>>([
                        "Tables and columns that migrations drop and that cannot be kept in the database will be lost forever, except in a backup of your own.",
                    ]),
                cancellationToken
            );
        }
    }
}
