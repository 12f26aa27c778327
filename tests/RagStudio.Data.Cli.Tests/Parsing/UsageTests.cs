using System.CommandLine;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class UsageTests : CliTest
{
    [TestCase("error: unknown option '--frob'. Try 'ragstudio-db migrate --help'.", "migrate", "--frob")]
    [TestCase("error: unknown option '--frob'. Try 'ragstudio-db migrate --help'.", "--frob", "migrate", "x")]
    [TestCase(
        "error: unknown command or argument 'migrat'. Did you mean 'migrate'? Try 'ragstudio-db --help'.",
        "migrat"
    )]
    [TestCase(
        "error: unknown command or argument 'lsit'. Did you mean 'list'? Try 'ragstudio-db backup --help'.",
        "backup",
        "lsit"
    )]
    [TestCase("error: unknown command or argument 'frobnicate'. Try 'ragstudio-db --help'.", "frobnicate")]
    [TestCase(
        "error: unknown option '--jsno'. Did you mean '--json'? Try 'ragstudio-db backup list --help'.",
        "backup",
        "list",
        "--jsno"
    )]
    [TestCase("error: a command is missing. Try 'ragstudio-db --help'.")]
    [TestCase("error: a command is missing. Try 'ragstudio-db backup --help'.", "backup")]
    [TestCase(
        "error: --timeout takes seconds from 0.001 to 86400, not '0'. Try 'ragstudio-db status --help'.",
        "status",
        "--timeout",
        "0"
    )]
    [TestCase(
        "error: --lock-timeout takes seconds from 0 to 86400, not 'NaN'. Try 'ragstudio-db status --help'.",
        "--lock-timeout",
        "NaN",
        "status"
    )]
    [TestCase(
        "error: --lock-timeout takes seconds from 0 to 86400, not '-1'. Try 'ragstudio-db status --help'.",
        "--lock-timeout=-1",
        "status"
    )]
    [TestCase(
        "error: --database takes app_meta or events, not 'x'. Try 'ragstudio-db status --help'.",
        "status",
        "--database",
        "x"
    )]
    [TestCase(
        "error: --limit takes a number from 1, not '0'. Try 'ragstudio-db history --help'.",
        "history",
        "--limit",
        "0"
    )]
    [TestCase(
        "error: --limit takes a number from 1, not 'ten'. Try 'ragstudio-db history --help'.",
        "history",
        "--limit",
        "ten"
    )]
    [TestCase("error: Option '--knowledge-base' is required. Try 'ragstudio-db import --help'.", "import", "folder")]
    [TestCase("error: --data-dir is empty: name a folder.", "status", "--data-dir", "")]
    [TestCase("error: --backup-dir is empty: name a folder.", "status", "--backup-dir", "")]
    [TestCase("error: the version is empty: specify one.", "rollback", " ")]
    [TestCase("error: the version is empty: specify one.", "accept", " ", "--reason", "x")]
    [TestCase("error: Option '--reason' is required. Try 'ragstudio-db accept --help'.", "accept", "TraceEvents")]
    [TestCase(
        "error: --reason is empty: give the reason why the databases are correct as they are.",
        "accept",
        "TraceEvents",
        "--reason",
        " "
    )]
    [TestCase(
        "error: --keep takes a number from 1 to 1000, not '0'. Try 'ragstudio-db backup prune --help'.",
        "backup",
        "prune",
        "--keep",
        "0"
    )]
    [TestCase(
        "error: --max-age takes days from 0.001 to 3650, not 'NaN'. Try 'ragstudio-db backup prune --help'.",
        "backup",
        "prune",
        "--max-age",
        "NaN"
    )]
    [TestCase(
        "error: --max-bytes takes a number of bytes from 1, not '-1'. Try 'ragstudio-db backup prune --help'.",
        "backup",
        "prune",
        "--max-bytes=-1"
    )]
    public async Task A_command_line_that_cannot_be_read_ends_with_one_line_and_2(string line, params string[] args)
    {
        var result = await RunAsync(args);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Is.EqualTo(new[] { line }));
            Assert.That(result.Out, Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
        });
    }

    [Test]
    public async Task A_command_line_that_cannot_be_read_is_told_as_json_where_that_is_asked_for()
    {
        var result = await RunAsync("status", "--frob", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
            Assert.That(result.Json.GetProperty("error").GetString(), Does.Contain("--frob"));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        });
    }

    [Test]
    public async Task An_argument_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        Write("args.txt", "--json");
        var result = await RunAsync("import", "@args.txt", "-k", "notes");
        Assert.That(result.Error, Does.Contain("there is no folder '" + PathTo("@args.txt")));
    }

    [TestCaseSource(nameof(AllCommands))]
    public async Task Help_of_every_command_has_an_example(string path)
    {
        var result = await RunAsync([.. path.Split(' '), "--help"]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done));
            Assert.That(result.Out, Does.Match("Examples?:\\s+ragstudio-db " + path));
        });
    }

    [Test]
    public async Task Help_of_the_tool_has_one_line_for_each_command()
    {
        var result = await RunAsync("--help");
        var commands = result.OutLines.SkipWhile(line => line != "Commands:").Skip(1).ToArray();

        Assert.That(commands, Has.All.Match(@"^  [a-z-]+( <[a-z |]+>)* +[A-Z][^:]*\.$"));
        Assert.That(commands, Has.Length.EqualTo(AllCommands().Count(path => !path.Contains(' '))));
    }

    private static IEnumerable<string> AllCommands()
    {
        var environment = new CliEnvironment(TextWriter.Null, TextWriter.Null, "", _ => null);
        var options = new GlobalOptions();
        return PathsOf(RootCommands.Create(options, new CommandRunner(options, environment), TextWriter.Null), "");
    }

    private static IEnumerable<string> PathsOf(Command command, string path) =>
        command
            .Subcommands.Where(one => !one.Hidden)
            .SelectMany(one => PathsOf(one, $"{path}{one.Name} ").Prepend($"{path}{one.Name}"));

    [TestCase("--data-dir", "elsewhere", "status", "--json")]
    [TestCase("status", "--json", "--data-dir", "elsewhere")]
    [TestCase("--json", "status", "--data-dir=elsewhere")]
    public async Task An_option_of_all_commands_may_stand_before_or_after_the_command(params string[] args)
    {
        var result = await RunAsync(args);
        var path = result.Json.GetProperty("databases")[0].GetProperty("path").GetString();
        Assert.That(path, Is.EqualTo(PathTo("elsewhere", "app_meta.db")));
    }

    [Test]
    public async Task The_data_directory_is_that_of_the_variable_where_no_option_names_it()
    {
        Set("RAGSTUDIO_DATA_DIR", PathTo("from variable"));
        var named = await RunAsync("status", "--json");
        var overridden = await RunAsync("status", "--json", "--data-dir", "option");
        Assert.Multiple(() =>
        {
            Assert.That(named.Out, Does.Contain(PathTo("from variable", "app_meta.db")));
            Assert.That(overridden.Out, Does.Contain(PathTo("option", "app_meta.db")));
        });
    }

    [TestCase("migrate")]
    [TestCase("status")]
    [TestCase("history")]
    [TestCase("backup", "create")]
    public async Task A_data_directory_that_is_a_file_ends_with_one_line_and_2(params string[] command)
    {
        var file = Write("data", "precious");
        var result = await RunAsync(command);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Is.EqualTo(new[] { $"error: the data directory '{file}' is a file." }));
            Assert.That(File.ReadAllText(file), Is.EqualTo("precious"));
        });
    }
}
