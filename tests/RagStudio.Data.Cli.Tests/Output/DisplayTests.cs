using Spectre.Console;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class DisplayTests
{
    private const char Escape = '\u001b';

    private static readonly TableContent Table = new(
        ["Name", "Size"],
        [
            ["a[b]", "1"],
            ["longer", "two\nlines"],
        ]
    );

    [Test]
    public void Plain_table_is_aligned_lines_without_codes()
    {
        using var writer = new StringWriter();
        new PlainDisplay(writer).Table(Table);
        Assert.That(
            writer.ToString().ReplaceLineEndings("\n"),
            Is.EqualTo("NAME    SIZE\na[b]    1\nlonger  two lines\n")
        );
    }

    [Test]
    public void Plain_table_without_rows_is_nothing()
    {
        using var writer = new StringWriter();
        new PlainDisplay(writer).Table(new TableContent(["Name"], []));
        Assert.That(writer.ToString(), Is.Empty);
    }

    [Test]
    public void Terminal_shows_a_frame_and_colours()
    {
        var text = Show(ColorSystemSupport.Standard);
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("╭").And.Contain("a[b]").And.Contain("two lines"));
            Assert.That(text, Does.Contain(Escape + "[").And.Contain("done"));
        });
    }

    [Test]
    public void Terminal_that_is_too_narrow_for_a_frame_gets_whole_cells_without_one() =>
        Assert.That(
            Show(ColorSystemSupport.NoColors, width: 12),
            Does.Not.Contain("╭").And.Contain("longer  two lines")
        );

    [Test]
    public void Terminal_without_colours_shows_no_code() =>
        Assert.That(Show(ColorSystemSupport.NoColors), Does.Not.Contain(Escape).And.Contain("done"));

    private static string Show(ColorSystemSupport colors, int width = 80)
    {
        using var writer = new StringWriter();
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = colors,
            Out = new AnsiConsoleOutput(writer),
        };
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = width;
        var display = new TerminalDisplay(console);
        display.Line("done", Tone.Good);
        display.Table(Table);
        return writer.ToString();
    }
}
