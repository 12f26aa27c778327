using System.CommandLine;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>The options that consent to the loss of data: in all migrations, or in single ones with a reason.</summary>
internal sealed class DestructiveConsentOptions
{
    private readonly Option<string[]> _allow = new("--allow-destructive")
    {
        Description =
            "Allow a migration to destroy what the plan names for it, or whatever it removes from one table; repeatable. Without a value: allow everything.",
        HelpName = "VERSION[/TABLE]",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "The reason why the data may be lost; kept in the history.",
        HelpName = "TEXT",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_allow);
        command.Options.Add(_reason);
    }

    /// <summary>Sets the migrator's options if the command line gives consent.</summary>
    public async Task ApplyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string[] versions = context.Parsed.GetValue(_allow) ?? [];
        var isForAll = context.Parsed.GetResult(_allow)?.IdentifierTokenCount > versions.Length;
        var reason = ReasonFor(context, versions);
        context.Configure(options =>
        {
            options.AllowDestructive |= isForAll;
            foreach (var version in versions)
            {
                options.DestructiveConsents[version] = reason;
            }
        });
        if (versions.Length > 0)
        {
            await DemandKnownAsync(context, versions, cancellationToken);
        }
    }

    private string ReasonFor(CommandContext context, string[] versions)
    {
        var reason = context.Parsed.GetValue(_reason);
        return Array.Exists(versions, string.IsNullOrWhiteSpace)
                ? throw CommandException.Usage("--allow-destructive is empty: name a version, or omit the value.")
            : reason is null ? "given with --allow-destructive"
            : versions.Length == 0
                ? throw CommandException.Usage("--reason requires --allow-destructive with a version.")
            : string.IsNullOrWhiteSpace(reason)
                ? throw CommandException.Usage("--reason is empty: give a reason, or omit it.")
            : reason;
    }

    /// <summary>Also runs if nothing is pending, so a misspelled version is not mistaken for an applied one.</summary>
    private static async Task DemandKnownAsync(
        CommandContext context,
        string[] versions,
        CancellationToken cancellationToken
    )
    {
        var status = await context.Manager.GetStatusAsync(cancellationToken: cancellationToken);
        string[] known = [.. status.Databases.SelectMany(database => database.Applied.Concat(database.Pending))];
        foreach (var version in versions)
        {
            var separator = version.IndexOf('/', StringComparison.Ordinal);
            var isId = separator < 0 || known.Contains(version, StringComparer.OrdinalIgnoreCase);
            KnownMigration.Resolve(isId ? version : version[..separator], known);
        }
    }
}
