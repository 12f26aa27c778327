namespace RagStudio.Data.Cli;

/// <summary>A table for people. What would steer the terminal is shown as an escape.</summary>
internal sealed class TableContent
{
    private readonly IReadOnlyList<string[]> _rows;

    /// <param name="columns">The headings.</param>
    /// <param name="rows">The rows, each with a cell per heading.</param>
    public TableContent(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Columns = columns;
        _rows = [.. rows.Select(row => row.Select(NeutralText.OneLine).ToArray())];
        Widths = [.. columns.Select((heading, i) => _rows.Select(row => row[i].Length).Append(heading.Length).Max())];
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>The characters of the longest cell of each column.</summary>
    public IReadOnlyList<int> Widths { get; }
}
