namespace RagStudio.Data.Cli;

/// <summary>
/// Writes tables that become cards on a narrow page: each cell then shows its heading. The ARIA roles keep it
/// a table for screen readers, because browsers do not treat an element as a table if it is not laid out as
/// one.
/// </summary>
internal static class HtmlTable
{
    /// <param name="html">Receives the table.</param>
    /// <param name="caption">The caption.</param>
    /// <param name="columns">The headings; the first cell of a row is the row's own heading.</param>
    /// <param name="rows">The rows, each with a writer for each cell.</param>
    public static void Write(
        HtmlWriter html,
        string caption,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<Action>> rows
    ) =>
        html.Element(
            "table",
            () =>
            {
                html.Element("caption", caption);
                html.Element("thead", () => WriteHead(html, columns), ("role", "rowgroup"));
                html.Element("tbody", () => WriteBody(html, columns, rows), ("role", "rowgroup"));
            },
            ("role", "table")
        );

    /// <summary>Writes a table of text cells.</summary>
    public static void Write(
        HtmlWriter html,
        string caption,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string>> rows
    ) =>
        Write(
            html,
            caption,
            columns,
            rows.Select(row => row.Select<string, Action>(c => () => html.Text(c)).ToArray())
        );

    private static void WriteHead(HtmlWriter html, IReadOnlyList<string> columns) =>
        html.Element(
            "tr",
            () =>
            {
                foreach (var column in columns)
                {
                    html.Element("th", column, ("scope", "col"), ("role", "columnheader"));
                }
            },
            ("role", "row")
        );

    private static void WriteBody(
        HtmlWriter html,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<Action>> rows
    )
    {
        foreach (var row in rows)
        {
            html.Element("tr", () => WriteCells(html, columns, row), ("role", "row"));
        }
    }

    private static void WriteCells(HtmlWriter html, IReadOnlyList<string> columns, IReadOnlyList<Action> row)
    {
        html.Element("th", row[0], ("scope", "row"), ("role", "rowheader"), ("data-label", columns[0]));
        for (var i = 1; i < row.Count; i++)
        {
            html.Element("td", row[i], ("role", "cell"), ("data-label", columns[i]));
        }
    }
}
