using System.Runtime.Versioning;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

[NonParallelizable]
[Platform(Exclude = "Win", Reason = "The fake dotnet is a shell script.")]
[UnsupportedOSPlatform("windows")]
public sealed class OutputTests
{
    private const string EveryKind = """
        echo 'info:    Build started...'
        echo 'data:        indented'
        echo 'data:    '
        echo 'warn:    careful'
        echo 'error:   wrong'
        echo 'no prefix'
        echo 'not restored' >&2
        """;

    [Test]
    public void The_output_has_what_dotnet_ef_tells_and_standard_error_has_its_complaints()
    {
        using var dotNet = new FakeDotNet(EveryKind);

        var run = Run("list -Context Events");

        Assert.That(run.Output, Is.EqualTo(["Build started...", "    indented", "", "no prefix"]));
        Assert.That(LinesOf(run.Errors), Is.EquivalentTo(["careful", "wrong", "not restored"]));
    }

    [Test]
    public void The_output_of_script_is_nothing_but_the_script()
    {
        using var dotNet = new FakeDotNet(EveryKind);

        var run = Run("script -Context Events");

        Assert.That(run.Output, Is.EqualTo(["    indented", "", "no prefix"]));
        Assert.That(LinesOf(run.Errors), Is.EquivalentTo(["Build started...", "careful", "wrong", "not restored"]));
    }

    // Far more than fits into a pipe: reading one stream to its end before the other would never finish.
    [Test]
    public async Task Much_output_on_both_streams_arrives_whole()
    {
        using var dotNet = new FakeDotNet("seq 1 20000 >&2; seq 1 20000; seq 20001 40000 >&2");

        var run = await Task.Run(() => Run("list -Context Events")).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(run.Output, Is.EqualTo(Enumerable.Range(1, 20_000).Select(number => $"{number}")));
        Assert.That(LinesOf(run.Errors), Is.EqualTo(Enumerable.Range(1, 40_000).Select(number => $"{number}")));
    }

    private static string[] LinesOf(string text) =>
        text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static ScriptRun Run(string commandLine) => BarePowerShell.Run(Repository.EfMigrationsScript, commandLine);
}
