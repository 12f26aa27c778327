using Spectre.Console;

namespace RagStudio.Data.Cli;

/// <summary>Tables and colors on a terminal.</summary>
/// <param name="console">The terminal.</param>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    public void Line(string text, Tone tone = Tone.Neutral) =>
        console.Write(new Text(NeutralText.OneLine(text) + "\n", StyleOf(tone)));

    public void Table(TableContent table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        var (width, writer) = (console.Profile.Width, console.Profile.Out.Writer);
        var frame = table.Columns.Count * 3 + 1;
        if (table.Widths.Sum() + frame <= width)
        {
            console.Write(Framed(table));
        }
        else if (PlainDisplay.WidthOf(table) <= width)
        {
            new PlainDisplay(writer).Table(table);
        }
        else
        {
            new NarrowTable(writer, width).Write(table);
        }
    }

    private static Table Framed(TableContent table)
    {
        var view = new Table().Border(TableBorder.Rounded);
        foreach (var column in table.Columns)
        {
            view.AddColumn(new TableColumn(new Text(column)));
        }
        foreach (var row in table.Rows)
        {
            view.AddRow(row.Select(cell => new Text(cell)));
        }
        return view;
    }

    private static Style StyleOf(Tone tone) =>
        tone switch
        {
            Tone.Good => new Style(Color.Green),
            Tone.Attention => new Style(Color.Yellow),
            Tone.Bad => new Style(Color.Red),
            _ => Style.Plain,
        };
}
