using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>The layout of a diagram. The same schema always has the same layout.</summary>
/// <param name="Boxes">The tables.</param>
/// <param name="Edges">The foreign keys.</param>
/// <param name="Width">The diagram's width.</param>
/// <param name="Height">The diagram's height.</param>
internal sealed record DiagramLayout(
    IReadOnlyList<DiagramBox> Boxes,
    IReadOnlyList<DiagramEdge> Edges,
    int Width,
    int Height
)
{
    private const int Margin = 16;

    /// <summary>Lays out the tables of a schema: connected ones in columns, and unconnected ones below.</summary>
    public static DiagramLayout Create(DatabaseSchema schema)
    {
        var references = Reference.Find(schema);
        var between = references.Where(one => one.Child != one.Parent).ToArray();
        var connected = new ConnectedTables(schema, between);
        var alone = Enumerable.Range(0, schema.Tables.Count).Except(connected.Boxes.Keys).ToArray();
        var top = connected.Height == 0 ? Margin : connected.Height + DiagramColumns.Gap;
        var below = LoneTables.Place([.. alone.Select(table => schema.Tables[table])], connected.Width, top);
        var boxes = connected.Boxes.ToDictionary();
        for (var i = 0; i < alone.Length; i++)
        {
            boxes[alone[i]] = below[i];
        }

        var loops = references.Where(one => one.Child == one.Parent).Select(one => Loop(boxes[one.Child], one.Key));
        DiagramBox[] all = [.. boxes.OrderBy(box => box.Key).Select(box => box.Value)];
        // A loop extends to the right of its table.
        var width = all.Select(box => box.Right + 2 * Margin).DefaultIfEmpty(0).Max();
        return new DiagramLayout(
            all,
            [.. connected.Edges, .. loops],
            width,
            Math.Max(connected.Height, all.Select(box => box.Bottom).DefaultIfEmpty(0).Max()) + Margin
        );
    }

    /// <summary>The description of a foreign key for the user.</summary>
    public static string NameOf(string table, ForeignKeySchema key) =>
        $"{table} ({string.Join(", ", key.Columns)}) → {key.ParentTable} ({string.Join(", ", key.ParentColumns)})";

    private static DiagramEdge Loop(DiagramBox box, ForeignKeySchema key)
    {
        var (from, to) = (box.MiddleOf(key.Columns), box.MiddleOf(key.ParentColumns));
        return new DiagramEdge(NameOf(box.Table.Name, key), [(box.Right, from), (box.Right, to)]);
    }
}
