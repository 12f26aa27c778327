using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Places the tables without foreign keys, each in the shortest column so far.</summary>
internal static class LoneTables
{
    private const int Margin = 16;
    private const int Between = 36;
    private const int LeastColumns = 3;

    /// <param name="tables">The tables.</param>
    /// <param name="width">The available width.</param>
    /// <param name="top">The upper edge.</param>
    /// <returns>The tables, in order.</returns>
    public static IReadOnlyList<DiagramBox> Place(IReadOnlyList<TableSchema> tables, int width, int top)
    {
        if (tables.Count == 0)
        {
            return [];
        }

        var widest = tables.Max(DiagramBox.WidthOf);
        var columns = Math.Max(LeastColumns, (width - Margin) / (widest + Between));
        var bottoms = Enumerable.Repeat(top, Math.Min(Math.Max(columns, Square(tables.Count)), tables.Count)).ToArray();
        return [.. tables.Select(table => Place(table, bottoms, widest))];
    }

    private static int Square(int tables) => (int)Math.Sqrt(tables);

    private static DiagramBox Place(TableSchema table, int[] bottoms, int width)
    {
        var column = Array.IndexOf(bottoms, bottoms.Min());
        var box = new DiagramBox(table, Margin + column * (width + Between), bottoms[column], width);
        bottoms[column] = box.Bottom + DiagramColumns.Gap;
        return box;
    }
}
