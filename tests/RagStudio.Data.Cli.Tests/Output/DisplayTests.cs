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
            Show(ColorSystemSupport.NoColors, width: 18),
            Does.Not.Contain("╭").And.Contain("longer  two lines")
        );

    [Test]
    public void Terminal_that_is_too_narrow_for_a_line_gets_a_line_for_each_cell_and_never_half_a_word() =>
        Assert.That(
            Show(ColorSystemSupport.NoColors, width: 12).ReplaceLineEndings("\n"),
            Does.EndWith("NAME  a[b]\nSIZE  1\n\nNAME  longer\nSIZE  two\n      lines\n")
        );

    [TestCase(60)]
    [TestCase(80)]
    public void No_id_is_ever_broken(int width)
    {
        const string id = "20260722T101500123Z_0a1b2c3d4e5f";
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        var detail = $"The backup '{id}' was restored. What it replaced is kept as the backup '{id}'.";

        new TerminalDisplay(console).Table(
            new TableContent(
                ["Time", "Backup", "Kind", "Migration", "Detail"],
                [
                    ["2026-01-01", id, "-", id, detail],
                ]
            )
        );

        var lines = writer.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
        Assert.That(lines.Count(line => line.Contains(id, StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(lines, Has.None.StartsWith("KIND"), "it is empty in every row");
    }

    [Test]
    public void A_column_that_is_empty_in_every_row_is_left_out_unless_it_is_the_first()
    {
        using var writer = new StringWriter();
        new PlainDisplay(writer).Table(
            new TableContent(
                ["A", "B", "C"],
                [
                    ["", "-", "1"],
                    ["", "", ""],
                ]
            )
        );
        Assert.That(writer.ToString().ReplaceLineEndings("\n"), Is.EqualTo("A  C\n   1\n\n"));
    }

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
