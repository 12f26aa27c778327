namespace RagStudio.Data.Cli;

/// <summary>Finds the databases of both sides of a copy.</summary>
internal sealed class CopySides(
    CommandContext context,
    string? from,
    string? to,
    string? fromEvents,
    string? toEvents,
    string? toAssembly
)
{
    private readonly string? _variable = context.Environment.Variable(GlobalOptions.ConnectionVariable)
        is { Length: > 0 } value
        ? value
        : null;

    /// <exception cref="CommandException">The options do not name both sides.</exception>
    public CopySide CreateSource(CancellationToken cancellationToken)
    {
        DemandBoth();
        // If the target is given, the variable is free for the source.
        var place = from ?? (to is null ? null : _variable);
        return Application is { } choice
            ? Create(choice, place, cancellationToken)
            : Create(place ?? context.Settings.DataDirectory, fromEvents, isTarget: false);
    }

    /// <inheritdoc cref="CreateSource"/>
    public CopySide CreateTarget(CancellationToken cancellationToken)
    {
        var place = to ?? _variable!;
        if (Application is not { } choice)
        {
            return toAssembly is null
                ? Create(place, toEvents, isTarget: true)
                : throw CommandException.Usage("--to-assembly requires --assembly.");
        }
        var assembly = toAssembly is null
            ? choice.Assembly
            : Path.GetFullPath(toAssembly, context.Environment.CurrentDirectory);
        var side = Create(choice with { Assembly = assembly }, place, cancellationToken);
        DataDirectory.Ensure(side.Folders);
        return side;
    }

    private ApplicationChoice? Application => context.Settings.Application;

    private void DemandBoth()
    {
        if (to is null && _variable is null)
        {
            throw CommandException.Usage(
                $"--to is missing: name a folder or a connection string, or set {GlobalOptions.ConnectionVariable}."
            );
        }
        if (string.IsNullOrWhiteSpace(from ?? "-") || string.IsNullOrWhiteSpace(to ?? "-"))
        {
            throw CommandException.Usage("--from and --to must not be empty.");
        }
        if (Application is not null && (fromEvents ?? toEvents) is not null)
        {
            throw CommandException.Usage("--from-events and --to-events are for RAG Studio's own data.");
        }
        if (context.Settings.Connection is not null)
        {
            throw CommandException.Usage("a copy has two places: use --from and --to instead of --connection.");
        }
        if (context.Settings.Database is not null)
        {
            throw CommandException.Usage("this command works on both databases: omit --database.");
        }
    }

    private CopySide Create(ApplicationChoice choice, string? place, CancellationToken cancellationToken)
    {
        var chosen = choice with { Connection = place, IsByConnection = place is not null };
        var application = Cli.Application.Load(chosen, cancellationToken);
        return new CopySide(
            ApplicationServices.Create(application, context.Settings, context.Environment, context.Output, null),
            application.Folders
        );
    }

    /// <summary>RAG Studio's own databases.</summary>
    private CopySide Create(string place, string? events, bool isTarget)
    {
        var isServer = DataServices.IsServer(place);
        if (events is not null && !(isServer && DataServices.IsServer(events)))
        {
            throw CommandException.Usage(
                $"{(isTarget ? "--to-events" : "--from-events")} is a connection string of PostgreSQL, beside another one."
            );
        }
        var folder = isServer ? null : DataDirectory.Resolve(place, context.Environment);
        if (folder is not null && isTarget)
        {
            DataDirectory.Ensure(folder);
        }
        var settings = context.Settings with
        {
            DataDirectory = folder ?? context.Settings.DataDirectory,
            Connection = isServer ? place : null,
            EventsConnection = events,
        };
        return new CopySide(
            DataServices.Create(settings, context.Environment, context.Output, configure: null),
            folder is null ? [] : [folder]
        );
    }
}
