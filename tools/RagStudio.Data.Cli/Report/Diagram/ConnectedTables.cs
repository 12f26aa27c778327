using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>
/// Places the tables that are connected by foreign keys in columns, and the foreign keys between them.
/// </summary>
internal sealed class ConnectedTables
{
    private const int Margin = 16;
    private const int LeastSpace = 64;
    private const int MaxSpace = 150;
    private const int SpacePerReference = 6;

    private readonly Dictionary<int, DiagramBox> _boxes = [];
    private readonly Dictionary<int, int> _columnOf = [];
    private readonly Dictionary<(int Reference, int Column), int> _lanes = [];
    private readonly List<(int Left, int Right)> _sides = [];

    /// <param name="schema">The tables.</param>
    /// <param name="references">The foreign keys between them.</param>
    public ConnectedTables(DatabaseSchema schema, IReadOnlyList<Reference> references)
    {
        var columns = DiagramLane.Arrange(DiagramColumns.Arrange(schema, references), references);
        if (references.Count == 0)
        {
            return;
        }

        var highest = columns.Max(column => HeightOf(column, schema));
        foreach (var column in columns)
        {
            Place(column, schema, highest, references.Count);
        }

        Height = Margin + highest;
        Width = _sides[^1].Right + Margin;
        Edges = [.. references.Select((one, i) => Route(one, i, schema))];
    }

    /// <summary>The tables by index in the schema.</summary>
    public IReadOnlyDictionary<int, DiagramBox> Boxes => _boxes;

    public IReadOnlyList<DiagramEdge> Edges { get; } = [];

    public int Width { get; }

    public int Height { get; }

    private static int HeightOf(IReadOnlyList<DiagramLane> column, DatabaseSchema schema) =>
        column.Sum(lane => HeightOf(lane, schema) + DiagramColumns.Gap) - DiagramColumns.Gap;

    private static int HeightOf(DiagramLane lane, DatabaseSchema schema) =>
        lane.Table is { } table ? DiagramBox.HeightOf(schema.Tables[table]) : DiagramLane.Height;

    private void Place(IReadOnlyList<DiagramLane> column, DatabaseSchema schema, int highest, int references)
    {
        var space = Math.Clamp(references * SpacePerReference, LeastSpace, MaxSpace);
        var x = _sides.Count == 0 ? Margin : _sides[^1].Right + space;
        var tables = column.Where(lane => lane.Table is not null).Select(lane => schema.Tables[lane.Table!.Value]);
        var width = tables.Max(DiagramBox.WidthOf);
        var y = Margin + (highest - HeightOf(column, schema)) / 2;
        foreach (var lane in column)
        {
            Place(lane, schema, x, y, width);
            y += HeightOf(lane, schema) + DiagramColumns.Gap;
        }

        _sides.Add((x, x + width));
    }

    private void Place(DiagramLane lane, DatabaseSchema schema, int x, int y, int width)
    {
        if (lane.Table is { } table)
        {
            _boxes[table] = new DiagramBox(schema.Tables[table], x, y, width);
            _columnOf[table] = _sides.Count;
        }
        else
        {
            _lanes[(lane.Reference, _sides.Count)] = y + DiagramLane.Height / 2;
        }
    }

    private DiagramEdge Route(Reference one, int index, DatabaseSchema schema)
    {
        var (from, to) = (_columnOf[one.Child], _columnOf[one.Parent]);
        var (child, parent) = (_boxes[one.Child], _boxes[one.Parent]);
        var step = from < to ? 1 : -1;
        var points = new List<(int X, int Y)> { (Side(from, step), child.MiddleOf(one.Key.Columns)) };
        for (var column = from + step; column != to; column += step)
        {
            var y = _lanes[(index, column)];
            points.Add((Side(column, -step), y));
            points.Add((Side(column, step), y));
        }

        points.Add((Side(to, -step), parent.MiddleOf(one.Key.ParentColumns)));
        return new DiagramEdge(DiagramLayout.NameOf(schema.Tables[one.Child].Name, one.Key), points);
    }

    private int Side(int column, int direction) => direction > 0 ? _sides[column].Right : _sides[column].Left;
}
