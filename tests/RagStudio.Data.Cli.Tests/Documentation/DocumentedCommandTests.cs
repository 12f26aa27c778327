using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Runs the tool's commands of the README and the docs, in their order and in one folder for each fence.</summary>
[TestFixture]
internal sealed class DocumentedCommandTests : CliTest
{
    private const string Tool = "ragstudio-db ";

    private static readonly string[] Pages = ["README.md", .. Directory.EnumerateFiles(PathOf("docs"), "*.md")];

    private static IEnumerable<TestCaseData> Fences() =>
        from page in Pages
        let name = Path.GetFileName(page)
        from fence in Regex.Matches(File.ReadAllText(PathOf(page)), "```(?:sh|bash)\n(.*?)```", RegexOptions.Singleline)
        let commands = Commands(fence.Groups[1].Value)
        where commands.Length > 0
        select new TestCaseData([commands]).SetArgDisplayNames(name, commands[0]);

    [TestCaseSource(nameof(Fences))]
    public async Task Every_documented_command_does_what_it_is_for(string[] commands)
    {
        await MigrateAsync();
        foreach (var command in commands)
        {
            var result = await RunAsync([.. await ArgumentsOfAsync(command)]);
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), $"{command}: {result.Error}");
        }
    }

    /// <summary>The arguments, with an application and a backup that are there in the place of the page's.</summary>
    private async Task<IReadOnlyList<string>> ArgumentsOfAsync(string command)
    {
        var arguments = CommandLineParser.SplitCommandLine(command.Split(" #")[0][Tool.Length..]).ToList();
        for (var i = 0; i < arguments.Count; i++)
        {
            arguments[i] =
                arguments[i] == "bin/App.dll" ? SampleApplication.Assembly
                : Regex.IsMatch(arguments[i], @"^\d{8}T\d{9}Z_") ? await NewestBackupAsync()
                : arguments[i];
        }

        // Nobody can be asked here.
        return arguments[0] == "rollback" ? [.. arguments, "--yes"] : arguments;
    }

    private async Task<string> NewestBackupAsync()
    {
        var list = await RunAsync("backup", "list", "--json");
        return list.Json.GetProperty("backups")[0].GetProperty("id").GetString()!;
    }

    private static string[] Commands(string fence) =>
        [.. fence.Split('\n').Where(line => line.StartsWith(Tool, StringComparison.Ordinal))];

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
