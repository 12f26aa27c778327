namespace RagStudio.Data.Cli;

/// <summary>
/// Plain lines for files, pipes and logs: no colors, no control codes, columns separated by two spaces.
/// </summary>
/// <param name="writer">Receives the lines.</param>
internal sealed class PlainDisplay(TextWriter writer) : IDisplay
{
    private const string Gap = "  ";

    /// <summary>The number of characters in a table's longest line.</summary>
    public static int WidthOf(TableContent table) => table.Widths.Sum() + (table.Widths.Count - 1) * Gap.Length;

    public void Line(string text, Tone tone = Tone.Neutral) => writer.WriteLine(NeutralText.OneLine(text));

    public void Table(TableContent table)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        WriteRow(table, [.. table.Columns.Select(column => column.ToUpperInvariant())]);
        foreach (var row in table.Rows)
        {
            WriteRow(table, row);
        }
    }

    private void WriteRow(TableContent table, IReadOnlyList<string> cells) =>
        writer.WriteLine(string.Join(Gap, cells.Select((cell, i) => cell.PadRight(table.Widths[i]))).TrimEnd());
}
