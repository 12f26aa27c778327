using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Draws a diagram.</summary>
internal static class DiagramWriter
{
    private const int LoopWidth = 26;

    /// <param name="html">Receives the diagram.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="title">The diagram's title.</param>
    /// <param name="id">The diagram's id, unique in the page.</param>
    public static void Write(HtmlWriter html, DiagramLayout layout, string title, string id) =>
        html.Element(
            "svg",
            () =>
            {
                html.Element("title", $"Tables of {title}", ("id", id + "-title"));
                html.Element("desc", Description(layout), ("id", id + "-text"));
                html.Element("defs", () => WriteArrow(html, id));
                foreach (var edge in layout.Edges)
                {
                    WriteEdge(html, edge, id);
                }

                foreach (var box in layout.Boxes)
                {
                    html.Element("g", () => WriteBox(html, box), ("class", "box"));
                }
            },
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("role", "img"),
            ("aria-labelledby", $"{id}-title {id}-text"),
            ("width", $"{layout.Width}"),
            ("height", $"{layout.Height}"),
            ("viewBox", $"0 0 {layout.Width} {layout.Height}")
        );

    private static string Description(DiagramLayout layout)
    {
        var counts =
            $"{ReadableText.Count(layout.Boxes.Count, "table")}, {ReadableText.Count(layout.Edges.Count, "foreign key")}";
        return $"{counts}: {string.Join("; ", layout.Edges.Select(edge => edge.Name))}";
    }

    private static void WriteArrow(HtmlWriter html, string id) =>
        html.Element(
            "marker",
            () => html.Void("path", ("d", "M0 0 L8 4 L0 8 z"), ("class", "arrow")),
            ("id", id + "-arrow"),
            ("viewBox", "0 0 8 8"),
            ("refX", "8"),
            ("refY", "4"),
            ("markerWidth", "8"),
            ("markerHeight", "8"),
            ("markerUnits", "userSpaceOnUse"),
            ("orient", "auto")
        );

    private static void WriteEdge(HtmlWriter html, DiagramEdge edge, string id) =>
        html.Element(
            "path",
            () => html.Element("title", edge.Name),
            ("d", PathOf(edge.Points)),
            ("class", "edge"),
            ("marker-end", $"url(#{id}-arrow)")
        );

    private static string PathOf(IReadOnlyList<(int X, int Y)> points)
    {
        var path = new StringBuilder($"M{points[0].X} {points[0].Y}");
        for (var i = 1; i < points.Count; i++)
        {
            var ((x, y), (toX, toY)) = (points[i - 1], points[i]);
            var isStraight = i % 2 == 0;
            path.Append(
                isStraight ? $" L{toX} {toY}" : $" C{Bends(x, toX).From} {y} {Bends(x, toX).To} {toY} {toX} {toY}"
            );
        }

        return path.ToString();
    }

    private static (int From, int To) Bends(int x, int toX) =>
        x == toX ? (x + LoopWidth, x + LoopWidth) : ((x + toX) / 2, (x + toX) / 2);

    private static void WriteBox(HtmlWriter html, DiagramBox box)
    {
        html.Element("title", box.Table.Name);
        Rectangle(html, "frame", box.X, box.Y, box.Width, box.Height);
        Rectangle(html, "head", box.X, box.Y, box.Width, DiagramBox.HeadHeight);
        var name = DiagramBox.Shortened(box.Table.Name);
        Text(html, "table-name", box.X + 12, box.Y + 20, name);
        foreach (var column in box.Table.Columns)
        {
            WriteColumn(html, box, column);
        }
    }

    private static void WriteColumn(HtmlWriter html, DiagramBox box, ColumnSchema column)
    {
        var y = box.MiddleOf(column.Name) + 4;
        Text(html, "mark", box.X + 12, y, MarksOf(box.Table, column));
        Text(html, "column", box.X + 54, y, DiagramBox.Shortened(column.Name));
        Text(html, "type", box.Right - 12, y, DiagramBox.TypeOf(column), ("text-anchor", "end"));
    }

    private static string MarksOf(TableSchema table, ColumnSchema column)
    {
        var isForeign = table.ForeignKeys.Any(key =>
            key.Columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase)
        );
        return (column.PrimaryKeyOrder > 0, isForeign) switch
        {
            (true, true) => "PK FK",
            (true, false) => "PK",
            (false, true) => "FK",
            _ => "",
        };
    }

    private static void Rectangle(HtmlWriter html, string kind, int x, int y, int width, int height) =>
        html.Void(
            "rect",
            ("class", kind),
            ("x", $"{x}"),
            ("y", $"{y}"),
            ("width", $"{width}"),
            ("height", $"{height}"),
            ("rx", "6")
        );

    private static void Text(
        HtmlWriter html,
        string kind,
        int x,
        int y,
        string text,
        params (string Name, string Value)[] more
    ) => html.Element("text", text, [("class", kind), ("x", $"{x}"), ("y", $"{y}"), .. more]);
}
