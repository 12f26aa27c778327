namespace RagStudio.Data.Cli;

/// <summary>
/// A table for a terminal that is too narrow for its lines: a block of lines for each row and a line for each
/// cell, with long text wrapped between words. No word is ever broken, because a broken id could not be
/// copied.
/// </summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="width">The number of characters in a line.</param>
internal sealed class NarrowTable(TextWriter writer, int width)
{
    private const string Gap = "  ";

    public void Write(TableContent table)
    {
        var indent = table.Columns.Max(column => column.Length) + Gap.Length;
        var isFirst = true;
        foreach (var row in table.Rows)
        {
            if (!isFirst)
            {
                writer.WriteLine();
            }
            isFirst = false;
            foreach (var (column, cell) in table.Columns.Zip(row).Where(pair => pair.Second.Length > 0))
            {
                WriteCell(column.ToUpperInvariant().PadRight(indent), cell, indent);
            }
        }
    }

    private void WriteCell(string heading, string cell, int indent)
    {
        foreach (var line in Wrapped(cell, width - indent))
        {
            writer.WriteLine(heading + line);
            heading = new string(' ', indent);
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line += line.Length == 0 ? word : ' ' + word;
        }
        yield return line;
    }
}
