using System.CommandLine;

namespace RagStudio.Data.Cli;

/// <summary>The options of all commands, allowed before or after a command's name.</summary>
internal sealed class GlobalOptions
{
    public const string ConnectionVariable = "RAGSTUDIO_CONNECTION";

    private readonly Option<string?> _dataDirectory = new("--data-dir")
    {
        Description =
            $"The folder of the databases. Default: ${DataDirectory.Variable}, else ./{DataDirectory.Default}.",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<bool?> _singleDatabase = new("--single-database")
    {
        Description =
            "Keep the events in app_meta.db (true, also if given without a value) or in a separate file (false). Default: as they are; false for new databases.",
        HelpName = "true|false",
        Recursive = true,
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _database = new("--database")
    {
        Description = "Work on one database only: app_meta or events. Default: both, as one unit.",
        HelpName = "NAME",
        Recursive = true,
        CustomParser = argument => OptionParsers.OneOf(argument, DatabaseNames.AppMeta, DatabaseNames.Events),
        CompletionSources = { _ => [new(DatabaseNames.AppMeta), new(DatabaseNames.Events)] },
    };

    private readonly Option<string?> _backupDirectory = new("--backup-dir")
    {
        Description = "The folder for backup sets. Default: backups, beside the databases.",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string?> _assembly = new("--assembly")
    {
        Description =
            "Work on the contexts of another application: the path of its .dll, built with EF Core 10 or older. The application's code runs to create them, up to building its host.",
        HelpName = "APP.DLL",
        Recursive = true,
    };

    private readonly Option<string[]> _contexts = new("--context")
    {
        Description =
            "A context of that application; repeat for several, which then form one unit. Default: all that have migrations.",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<string?> _connection = new("--connection")
    {
        Description =
            $"The connection string of RAG Studio's data on PostgreSQL; with --assembly, of that context, or of contexts that share a PostgreSQL database. Default there: ${ConnectionVariable}, which no list of processes shows; else its own. Relative paths are resolved against --data-dir, else the current folder. The provider is the one that the context or its migrations use; if neither tells, the keywords decide: Data Source for SQLite, Host for PostgreSQL.",
        HelpName = "\"Data Source=FILE\"|\"Host=SERVER;Database=NAME\"",
        Recursive = true,
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "The name of that context's database in output and backups. Default: the name of its class.",
        HelpName = "NAME",
        Recursive = true,
        CustomParser = OptionParsers.DatabaseName,
    };

    private readonly Option<TimeSpan?> _lockTimeout = new("--lock-timeout")
    {
        Description = "How long to wait for other programs to release a database: 0 to 86400. Default: 30.",
        HelpName = "SECONDS",
        Recursive = true,
        CustomParser = argument => OptionParsers.Seconds(argument, least: 0),
    };

    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "Time limit for each migration: 0.001 to 86400. Default: 300.",
        HelpName = "SECONDS",
        Recursive = true,
        CustomParser = argument => OptionParsers.Seconds(argument, least: 0.001),
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON document on standard output.",
        Recursive = true,
    };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Print errors only.", Recursive = true };

    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Answer every prompt with yes.",
        Recursive = true,
    };

    /// <summary>Adds the options to the root, which makes them available to every command.</summary>
    public void AddTo(RootCommand root)
    {
        Option[] all =
        [
            _dataDirectory,
            _singleDatabase,
            _database,
            _backupDirectory,
            _assembly,
            _contexts,
            _connection,
            _name,
            _lockTimeout,
            _timeout,
            _json,
            _quiet,
            _yes,
        ];
        foreach (var option in all)
        {
            root.Add(option);
        }
    }

    /// <summary>Reads the output style, even from a command line with errors.</summary>
    public OutputStyle ReadStyle(ParseResult parsed) => new(parsed.GetValue(_json), parsed.GetValue(_quiet));

    /// <summary>Reads how the user can be asked, if at all.</summary>
    public Confirmation ReadConfirmation(ParseResult parsed, CliEnvironment environment) =>
        new(environment, parsed.GetValue(_quiet), parsed.GetValue(_yes));

    /// <summary>Reads the databases and their settings.</summary>
    /// <exception cref="CommandException">The data directory is a file, or a directory's name is empty.</exception>
    public CliSettings Read(ParseResult parsed, CliEnvironment environment) =>
        new(
            DataDirectory.Resolve(parsed.GetValue(_dataDirectory), environment),
            ReadSingleDatabase(parsed),
            parsed.GetValue(_database),
            BackupDirectory(parsed.GetValue(_backupDirectory), environment),
            parsed.GetValue(_lockTimeout),
            parsed.GetValue(_timeout),
            ReadApplication(parsed, environment),
            ReadServer(parsed)
        );

    private bool? ReadSingleDatabase(ParseResult parsed) =>
        parsed.GetResult(_singleDatabase) is { } given
            ? given.Tokens.Count == 0 || parsed.GetValue(_singleDatabase) == true
            : null;

    /// <summary>Reads where RAG Studio's own data is, if not in files.</summary>
    private string? ReadServer(ParseResult parsed)
    {
        if (parsed.GetValue(_assembly) is not null || parsed.GetValue(_connection) is not { } connection)
        {
            return null;
        }
        DemandNoneIsEmpty(("--connection", connection));
        if (!DataServices.IsServer(connection))
        {
            throw CommandException.Usage(
                "without --assembly, --connection names a PostgreSQL database: write 'Host=SERVER;Database=NAME'. For RAG Studio's files use --data-dir."
            );
        }
        return parsed.GetValue(_database) is null && parsed.GetResult(_singleDatabase) is null
            ? connection
            : throw CommandException.Usage(
                "--database and --single-database apply to files: on a server, both databases are worked on together."
            );
    }

    private ApplicationChoice? ReadApplication(ParseResult parsed, CliEnvironment environment)
    {
        var contexts = parsed.GetValue(_contexts) ?? [];
        var connection = parsed.GetValue(_connection);
        var name = parsed.GetValue(_name);
        if (parsed.GetValue(_assembly) is not { } assembly)
        {
            return contexts.Length == 0 && name is null
                ? null
                : throw CommandException.Usage("--context and --name require --assembly.");
        }

        if (parsed.GetValue(_database) is not null || parsed.GetResult(_singleDatabase) is not null)
        {
            throw CommandException.Usage(
                "--database and --single-database apply to RAG Studio only: with --assembly, use --context."
            );
        }

        DemandNoneIsEmpty(("--assembly", assembly), ("--connection", connection));
        var variable = environment.Variable(ConnectionVariable);
        var folder = Path.GetFullPath(parsed.GetValue(_dataDirectory) ?? ".", environment.CurrentDirectory);
        return new ApplicationChoice(
            Path.GetFullPath(assembly, environment.CurrentDirectory),
            contexts,
            connection ?? (string.IsNullOrWhiteSpace(variable) ? null : variable),
            name,
            folder,
            HostTimeout.Read(environment)
        );
    }

    private static void DemandNoneIsEmpty(params (string Option, string? Value)[] options)
    {
        foreach (var (option, _) in options.Where(one => one.Value is not null && string.IsNullOrWhiteSpace(one.Value)))
        {
            throw CommandException.Usage($"{option} is empty: omit it or give it a value.");
        }
    }

    private static string? BackupDirectory(string? option, CliEnvironment environment) =>
        option switch
        {
            null => null,
            "" => throw CommandException.Usage("--backup-dir is empty: name a folder."),
            _ => Path.GetFullPath(option, environment.CurrentDirectory),
        };
}
