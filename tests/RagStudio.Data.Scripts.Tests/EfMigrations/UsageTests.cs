using System.Management.Automation;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

[NonParallelizable]
public sealed class UsageTests
{
    private const int WrongUsage = 2;
    private EnvironmentValue _noDotNet = null!;

    // A command line that is accepted by mistake must not change the sources.
    [OneTimeSetUp]
    public void HideDotNet() => _noDotNet = new EnvironmentValue("DOTNET_HOST_PATH", "/nowhere/dotnet");

    [OneTimeTearDown]
    public void ShowDotNet() => _noDotNet.Dispose();

    [TestCase("")]
    [TestCase("help")]
    [TestCase("-h")]
    [TestCase("--help")]
    [TestCase("add -h")]
    [TestCase("update --help")]
    public void Help_is_printed_when_asked_for_and_when_nothing_is(string commandLine)
    {
        var run = Run(commandLine);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Has.Count.EqualTo(1));
        Assert.That(run.Output[0], Does.StartWith("Usage: efmigrations.ps1 <command>"));
        Assert.That(run.Errors, Is.Empty);
    }

    [TestCase("add <name>")]
    [TestCase("remove")]
    [TestCase("list")]
    [TestCase("script [from] [to]")]
    [TestCase("update [target]")]
    [TestCase("check")]
    [TestCase("-Context AppMeta|Events|Both")]
    [TestCase("-Configuration <name>")]
    [TestCase("-NoBuild")]
    public void Help_names_every_command_and_parameter(string text)
    {
        Assert.That(Run("help").Output, Has.Some.Contains(text));
    }

    [TestCase("ad", "unknown command ad")]
    [TestCase("''", "unknown command ")]
    [TestCase("list -Contxt Events", "unknown parameter -Contxt")]
    [TestCase("list --context Events", "unknown parameter --context")]
    [TestCase("-Contxt Events", "unknown parameter -Contxt")]
    [TestCase("list -Context Nonsense", "unknown context Nonsense")]
    [TestCase("list -Context ''", "unknown context ")]
    [TestCase("add -Context Events", "add needs the name of the migration")]
    [TestCase("add '' -Context Events", "a name must not be empty")]
    [TestCase("add One Two -Context Events", "add takes no argument Two")]
    [TestCase("list One", "list takes no argument One")]
    [TestCase("check One", "check takes no argument One")]
    [TestCase("remove One -Context Events", "remove takes no argument One")]
    [TestCase("update One Two -Context Events", "update takes no argument Two")]
    [TestCase("script One Two Three -Context Events", "script takes no argument Three")]
    public void A_wrong_command_line_is_told_with_the_help_on_standard_error(string commandLine, string problem)
    {
        var run = Run(commandLine);

        Assert.That(run.ExitCode, Is.EqualTo(WrongUsage));
        Assert.That(run.Errors, Does.StartWith($"efmigrations: {problem}{Environment.NewLine}"));
        Assert.That(run.Errors, Does.Contain("Usage: efmigrations.ps1 <command>"));
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("add One")]
    [TestCase("remove")]
    [TestCase("remove -Context Both")]
    [TestCase("script One")]
    [TestCase("script 0 One")]
    [TestCase("update One")]
    public void What_belongs_to_one_context_is_refused_for_both(string commandLine)
    {
        var run = Run(commandLine);

        Assert.That(run.ExitCode, Is.EqualTo(WrongUsage));
        Assert.That(run.Errors, Does.Contain("needs -Context AppMeta or -Context Events"));
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("list -Context")]
    [TestCase("list -Con Events")]
    [TestCase("list -Context AppMeta,Events")]
    [TestCase("list -Context AppMeta -Context Events")]
    public void A_parameter_that_PowerShell_cannot_bind_is_an_error_of_PowerShell(string commandLine)
    {
        Assert.That(() => Run(commandLine), Throws.InstanceOf<ParameterBindingException>());
    }

    private static ScriptRun Run(string commandLine) => BarePowerShell.Run(Repository.EfMigrationsScript, commandLine);
}
