using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class CompileViewTests
{
    private static readonly CompiledContextDocument[] Contexts =
    [
        new("shop", "/shop.json", ["1_A"], Changed: false, [new UncompiledMigration("2_Clock", "it reads a clock")]),
    ];

    [Test]
    public void What_is_left_to_EF_is_named_with_its_reason()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Shown(CompileView.ShowWritten), Does.Contain("2_Clock").And.Contain("it reads a clock"));
            Assert.That(Shown(CompileView.ShowChecked), Does.Contain("2_Clock").And.Contain("is up to date"));
        });
    }

    private static string Shown(Action<IDisplay, IReadOnlyList<CompiledContextDocument>> show)
    {
        using var text = new StringWriter();
        show(new PlainDisplay(text), Contexts);
        return text.ToString();
    }
}
