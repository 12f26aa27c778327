namespace RagStudio.Data.Cli;

/// <summary>An item that takes up space in a column: a table, or a foreign key that passes between tables.</summary>
/// <param name="Place">Its preferred vertical position, from 0 to 1.</param>
/// <param name="Table">The table; <see langword="null"/> for a foreign key.</param>
/// <param name="Reference">The index of the foreign key; -1 for a table.</param>
internal sealed record DiagramLane(double Place, int? Table, int Reference)
{
    public const int Height = 12;

    /// <summary>Determines the items of each column, from top to bottom.</summary>
    /// <param name="columns">The tables of each column.</param>
    /// <param name="references">The foreign keys between them.</param>
    public static IReadOnlyList<IReadOnlyList<DiagramLane>> Arrange(
        IReadOnlyList<IReadOnlyList<int>> columns,
        IReadOnlyList<Reference> references
    )
    {
        var lanes = columns
            .Select(column =>
                column.Select((table, i) => new DiagramLane((i + 0.5) / column.Count, table, -1)).ToList()
            )
            .ToArray();
        var places = lanes
            .SelectMany((column, at) => column.Select(lane => (Table: lane.Table!.Value, At: at, lane.Place)))
            .ToDictionary(one => one.Table, one => (one.At, one.Place));
        for (var i = 0; i < references.Count; i++)
        {
            AddTo(lanes, i, places[references[i].Child], places[references[i].Parent]);
        }

        return [.. lanes.Select(column => column.OrderBy(lane => lane.Place).ToArray())];
    }

    private static void AddTo(
        List<DiagramLane>[] lanes,
        int reference,
        (int At, double Place) from,
        (int At, double Place) to
    )
    {
        var (left, right) = from.At < to.At ? (from, to) : (to, from);
        for (var at = left.At + 1; at < right.At; at++)
        {
            var share = (at - left.At) / (double)(right.At - left.At);
            lanes[at].Add(new DiagramLane(left.Place + share * (right.Place - left.Place), null, reference));
        }
    }
}
