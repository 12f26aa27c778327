using System.Management.Automation;
using System.Management.Automation.Language;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Scripts.Tests.EfMigrations;

[NonParallelizable]
public sealed class SourceTests
{
    [Test]
    public void It_has_no_syntax_error()
    {
        Parser.ParseFile(Repository.EfMigrationsScript, out _, out var errors);

        Assert.That(errors, Is.Empty);
    }

    [Test]
    public void It_calls_nothing_but_its_own_functions()
    {
        var script = Parser.ParseFile(Repository.EfMigrationsScript, out _, out _);
        var functions = All<FunctionDefinitionAst>(script).Select(function => function.Name);
        var called = All<CommandAst>(script).Select(command => command.GetCommandName()).Distinct();

        Assert.That(called, Is.Not.Empty.And.SubsetOf(functions));
    }

    [Test]
    public void A_syntax_error_in_it_is_told_and_nothing_is_run()
    {
        using var folder = new TemporaryFolder();
        var broken = folder.Combine("efmigrations.ps1");
        File.WriteAllText(broken, File.ReadAllText(Repository.EfMigrationsScript) + "if (");

        Assert.That(
            () => BarePowerShell.Run(broken, "help"),
            Throws.InstanceOf<ParseException>().With.Message.Contain("Missing condition in if statement")
        );
    }

    [Test]
    public void A_cmdlet_in_it_is_told()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Combine("efmigrations.ps1");
        var source = File.ReadAllText(Repository.EfMigrationsScript);
        File.WriteAllText(script, source.Replace("$exitCode = 0", "Get-Date", StringComparison.Ordinal));

        Assert.That(() => BarePowerShell.Run(script, "check"), Throws.InstanceOf<CommandNotFoundException>());
    }

    private static IEnumerable<T> All<T>(Ast script)
        where T : Ast => script.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();
}
