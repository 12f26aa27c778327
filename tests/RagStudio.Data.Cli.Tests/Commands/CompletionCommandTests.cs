using System.Diagnostics;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class CompletionCommandTests : CliTest
{
    [TestCase("ragstudio-db ", "migrate", "backup", "--data-dir")]
    [TestCase("ragstudio-db mig", "migrate")]
    [TestCase("ragstudio-db backup ", "create", "list", "verify", "prune")]
    [TestCase("ragstudio-db migrate --dr", "--dry-run")]
    [TestCase("ragstudio-db status --database ", "app_meta", "events")]
    [TestCase("ragstudio-db completion ", "bash", "zsh", "pwsh")]
    public async Task Complete_prints_the_words_that_may_follow(string line, params string[] words)
    {
        var result = await RunAsync("complete", line);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.OutLines, Is.SupersetOf(words));
            Assert.That(result.OutLines, Does.Not.Contain("complete"));
        });
    }

    [TestCase("bash")]
    [TestCase("zsh")]
    [TestCase("pwsh")]
    public async Task Completion_prints_a_script_that_asks_the_tool(string shell)
    {
        var result = await RunAsync("completion", shell);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Out, Does.Contain("ragstudio-db complete "));
        });
    }

    [Test]
    [Platform("Linux")]
    public async Task Bash_completes_by_the_script()
    {
        var script = await RunAsync("completion", "bash");
        var tool = $"ragstudio-db() {{ dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"; }}\n";
        const string type = """
            COMP_LINE='ragstudio-db backup ver'; COMP_POINT=${#COMP_LINE}
            COMP_WORDS=(ragstudio-db backup ver); COMP_CWORD=2
            _ragstudio_db; echo "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", tool + script.Out + type]) { RedirectStandardOutput = true }
        )!;
        Assert.That((await bash.StandardOutput.ReadToEndAsync()).Trim(), Is.EqualTo("verify"));
    }

    [Test]
    public async Task A_word_in_brackets_stays_a_word()
    {
        Directory.CreateDirectory(PathTo("[suggest]"));
        var result = await RunAsync("import", "[suggest]", "-k", "notes");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Pending), result.Error);
    }
}
