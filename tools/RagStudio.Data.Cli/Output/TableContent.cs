namespace RagStudio.Data.Cli;

/// <summary>
/// A table for the user. Characters in its cells that would control the terminal are escaped, and a column
/// that is empty in every row is omitted, except the first.
/// </summary>
internal sealed class TableContent
{
    private const string Nothing = "-";

    private readonly IReadOnlyList<string[]> _rows;

    /// <param name="columns">The headings.</param>
    /// <param name="rows">The rows, each with a cell for each heading.</param>
    public TableContent(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToArray();
        int[] filled = [.. Enumerable.Range(0, columns.Count).Where(i => i == 0 || all.Any(row => IsFilled(row[i])))];
        Columns = [.. filled.Select(i => columns[i])];
        _rows = [.. all.Select(row => filled.Select(i => NeutralText.OneLine(row[i])).ToArray())];
        Widths = [.. Columns.Select((heading, i) => _rows.Select(row => row[i].Length).Append(heading.Length).Max())];
    }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>The number of characters in the longest cell of each column.</summary>
    public IReadOnlyList<int> Widths { get; }

    private static bool IsFilled(string cell) => cell is not ("" or Nothing);
}
