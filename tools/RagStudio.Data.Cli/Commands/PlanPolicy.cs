using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The options that decide which plans are refused.</summary>
internal sealed class PlanPolicy
{
    private static readonly string[] Policies = ["warn", "tolerate", "refuse"];

    private readonly Option<bool> _outOfOrder = new("--allow-out-of-order")
    {
        Description = "Run pending migrations that are older than an applied one.",
    };

    private readonly Option<string?> _unknown = new("--unknown-migrations")
    {
        Description =
            "How to treat applied migrations that are unknown to the program and older than its newest: warn, tolerate or refuse. Default: warn.",
        HelpName = "POLICY",
        CustomParser = argument => OptionParsers.OneOf(argument, Policies),
        CompletionSources =
        {
            _ => Policies.Select(policy => new System.CommandLine.Completions.CompletionItem(policy)),
        },
    };

    private readonly Option<long?> _blocked = new("--refuse-above-blocked-bytes")
    {
        Description =
            "On a server: refuse to rewrite or scan a larger table while others cannot write it. Default: only tell.",
        HelpName = "BYTES",
        CustomParser = OptionParsers.Bytes,
    };

    private readonly Option<bool> _unrepeatable = UnrepeatableConsent.Create();

    public void AddTo(Command command)
    {
        command.Add(_outOfOrder);
        command.Add(_unknown);
        command.Add(_blocked);
        command.Add(_unrepeatable);
    }

    /// <summary>Sets the migrator's options given on the command line.</summary>
    public void Apply(CommandContext context)
    {
        UnrepeatableConsent.Apply(context, _unrepeatable);
        if (context.Parsed.GetValue(_outOfOrder))
        {
            context.Configure(options => options.AllowOutOfOrder = true);
        }
        if (context.Parsed.GetValue(_unknown) is { } policy)
        {
            var chosen = Enum.Parse<UnknownMigrationPolicy>(policy, ignoreCase: true);
            context.Configure(options => options.UnknownMigrations = chosen);
        }
        if (context.Parsed.GetValue(_blocked) is { } bytes)
        {
            context.Configure(options => options.RefuseAboveBlockedBytes = bytes);
        }
    }

    /// <summary>Returns when the user has confirmed statements that nobody can repeat, if the command line allows them.</summary>
    public async Task DemandConfirmedAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_unrepeatable))
        {
            await context.Confirmation.DemandAsync(
                async () =>
                    UnrepeatableConsent.Describe(await context.Manager.PlanAsync(cancellationToken: cancellationToken)),
                cancellationToken
            );
        }
    }
}
