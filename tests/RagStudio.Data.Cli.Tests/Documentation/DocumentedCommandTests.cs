using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using RagStudio.Data.PostgreSql.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>
/// Runs the tool's commands from the README and the docs, in order and in one folder for each code block.
/// </summary>
[TestFixture]
internal sealed class DocumentedCommandTests : CliTest
{
    private static readonly string[] Tool = ["ragstudio-db ", "dotnet run --project tools/RagStudio.Data.Cli -- "];

    /// <summary>The prefixes of commands that no test can run here, and the reasons.</summary>
    private static readonly (string Command, string Reason)[] Excused =
    [
        ("sha256sum ", "HandRestoreTests runs it"),
        ("sqlite3 ", "HandRestoreTests runs it"),
        ("dotnet test", "it is what runs this"),
        ("dotnet add package ", "RagStudio.Data.Packages.Tests adds it, from where it has packed it"),
        ("dotnet tool install ", "RagStudio.Data.Packages.Tests installs it, from where it has packed it"),
        ("dotnet tool restore", "it has run before, or nothing would be formatted"),
        ("dotnet csharpier ", "it would change the working copy; .ci/run checks with it"),
        (".ci/run", "it runs all tests"),
        (".ci/postgres-versions", "it downloads servers; the tests are those of .ci/run"),
        ("dotnet run --project tests/RagStudio.Data.CrashHost ", "it takes hours; the kill tests use the same program"),
        (
            "dotnet run --project tests/RagStudio.Data.PowerTests ",
            "it takes hours; the project's tests use the same judge"
        ),
        ("dotnet run -c Release --project tools/RagStudio.Data.Benchmarks", "it takes minutes"),
        ("dotnet run --project samples/", "it takes a minute; the tests of the provider fail over too"),
        (
            "dotnet pack ",
            "RagStudio.Data.Packages.Tests packs for this platform; the frameworks of all are hundreds of megabytes"
        ),
        ("dotnet ef ", ".ci/run does, for both contexts"),
        ("export RAGSTUDIO_CONNECTION=", "the test names its own server"),
        ("./efmigrations.ps1 ", "it is PowerShell; RagStudio.Data.Scripts.Tests runs it"),
    ];

    private const string OwnServer = "--connection \"Host=";

    private static readonly string[] Languages = ["csharp", "sh", "sql", "text"];

    private static readonly string[] Pages =
    [
        "README.md",
        "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories),
    ];

    private static IEnumerable<TestCaseData> Fences() =>
        from page in Pages
        let name = Path.GetFileName(page)
        from fence in Regex.Matches(File.ReadAllText(PathOf(page)), "```sh\n(.*?)```", RegexOptions.Singleline)
        let commands = Commands(fence.Groups[1].Value)
        where commands.Length > 0
        select new TestCaseData([commands]).SetArgDisplayNames(name, commands[0]);

    [TestCaseSource(nameof(Pages))]
    public void Every_fence_says_what_it_is_and_every_command_is_run_or_excused(string page)
    {
        var text = File.ReadAllText(PathOf(page));
        var languages = Regex
            .Matches(text, "^```(.*)$", RegexOptions.Multiline)
            .Where((_, index) => index % 2 == 0)
            .Select(fence => fence.Groups[1].Value);
        var unknown = Regex
            .Matches(text, "```sh\n(.*?)```", RegexOptions.Singleline)
            .SelectMany(fence => fence.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => !IsOfTool(line) && !Excused.Any(one => Begins(line, one.Command)));
        Assert.That(languages, Is.All.AnyOf(Languages));
        Assert.That(unknown, Is.Empty);
    }

    [Test]
    public void The_page_of_operations_says_what_every_exit_code_asks_of_you()
    {
        var rows = Regex.Matches(
            File.ReadAllText(PathOf("docs/operations.md")),
            @"^\| (\d+) \| [^|]+ \| [^|]+ \|$",
            RegexOptions.Multiline
        );
        Assert.That(
            rows.Select(row => Enum.Parse<ExitCode>(row.Groups[1].Value)),
            Is.EqualTo(Enum.GetValues<ExitCode>())
        );
    }

    [TestCaseSource(nameof(Fences))]
    public async Task Every_documented_command_does_what_it_is_for(string[] commands)
    {
        await MigrateAsync();
        Write("docs/page.md", "# A page");
        foreach (
            var source in Directory.GetFiles(
                PathOf("tests/RagStudio.Data.SampleApp/Catalog"),
                "*.cs",
                SearchOption.AllDirectories
            )
        )
        {
            // Its bytes, by which a command finds it.
            File.Copy(source, PathTo(Path.GetFileName(source)));
        }
        await using var database = commands.Any(command =>
            IsOnServer(command)
            || command.Contains(" copy ", StringComparison.Ordinal)
            || command.Contains(OwnServer, StringComparison.Ordinal)
        )
            ? await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync()
            : null;
        await using var other = commands.Any(command => command.Contains("--rehearse-on", StringComparison.Ordinal))
            ? await database!.CopyAsync()
            : null;
        Set("RAGSTUDIO_CONNECTION", database?.ConnectionString ?? "");
        Set("RAGSTUDIO_REHEARSAL_CONNECTION", other?.ConnectionString ?? "");
        foreach (var command in commands)
        {
            var arguments = (await ArgumentsOfAsync(command)).Select(argument =>
                argument.StartsWith("Host=", StringComparison.Ordinal) ? database!.ConnectionString : argument
            );
            var result = await RunAsync([.. arguments]);
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), $"{command}: {result.Error}");
        }
    }

    /// <summary>Returns the arguments, with an existing application and backup in place of those on the page.</summary>
    private async Task<IReadOnlyList<string>> ArgumentsOfAsync(string command)
    {
        var arguments = CommandLineParser
            .SplitCommandLine(command.Split(" #")[0][Tool.First(tool => Begins(command, tool)).Length..])
            .ToList();
        for (var i = 0; i < arguments.Count; i++)
        {
            arguments[i] =
                arguments[i] == "bin/App.dll"
                    ? IsOnServer(command)
                        ? SampleApplication.Server
                        : SampleApplication.Assembly
                    : Regex.IsMatch(arguments[i], @"^\d{8}T\d{9}Z_")
                        ? await NewestBackupAsync()
                        : arguments[i];
        }

        // No one can be asked here.
        return arguments[0] is "rollback" or "archive" ? [.. arguments, "--yes"] : arguments;
    }

    private async Task<string> NewestBackupAsync()
    {
        var list = await RunAsync("backup", "list", "--json");
        return list.Json.GetProperty("backups")[0].GetProperty("id").GetString()!;
    }

    private static string[] Commands(string fence) => [.. fence.Split('\n').Where(IsOfTool)];

    private static bool IsOnServer(string command) => command.Contains("ShopContext", StringComparison.Ordinal);

    private static bool IsOfTool(string line) => Tool.Any(tool => Begins(line, tool));

    private static bool Begins(string line, string command) => line.StartsWith(command, StringComparison.Ordinal);

    private static string PathOf(string page)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, page);
    }
}
