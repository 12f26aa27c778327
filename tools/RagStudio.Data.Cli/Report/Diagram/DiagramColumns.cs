using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Arranges tables in columns and orders them: referring tables go near those that they refer to.</summary>
internal static class DiagramColumns
{
    public const int Gap = 26;

    private const int LeastLimit = 900;
    private const int Sweeps = 6;

    /// <param name="schema">The tables.</param>
    /// <param name="references">The foreign keys between them.</param>
    /// <returns>The columns from left to right, each with the indexes of its tables from top to bottom.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Arrange(DatabaseSchema schema, IReadOnlyList<Reference> references)
    {
        var ranks = DiagramRanks.Compute(schema.Tables.Count, references);
        var columns = references
            .SelectMany(one => new[] { one.Child, one.Parent })
            .Distinct()
            .GroupBy(table => ranks[table])
            .OrderBy(column => column.Key)
            .Select(column => column.Order().ToArray())
            .ToArray();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Sweep(columns, references);
        }

        var heights = schema.Tables.Select(table => DiagramBox.HeightOf(table) + Gap).ToArray();
        return [.. columns.SelectMany(column => Split(column, heights, LimitOf(columns, heights)))];
    }

    private static void Sweep(int[][] columns, IReadOnlyList<Reference> references)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            var places = PlacesIn(columns);
            columns[column] = [.. columns[column].OrderBy(table => Wanted(table, references, places))];
        }
    }

    // The mean position of its neighbors, as usual; including its own position keeps two tables with the same
    // target from swapping forever.
    private static double Wanted(int table, IReadOnlyList<Reference> references, Dictionary<int, double> places) =>
        references
            .Where(one => one.Child == table || one.Parent == table)
            .Select(one => places[one.Child == table ? one.Parent : one.Child])
            .Append(places[table])
            .Average();

    private static Dictionary<int, double> PlacesIn(int[][] columns) =>
        columns
            .SelectMany(column => column.Select((table, i) => (table, Place: (i + 0.5) / column.Length)))
            .ToDictionary(one => one.table, one => one.Place);

    // A star of forty tables would be a single column: it is split if the diagram would be much taller than wide.
    private static int LimitOf(int[][] columns, int[] heights) =>
        Math.Max(LeastLimit, (int)Math.Sqrt(columns.Sum(column => column.Sum(table => heights[table])) * 320.0));

    private static IEnumerable<IReadOnlyList<int>> Split(int[] column, int[] heights, int limit)
    {
        var total = column.Sum(table => heights[table]);
        var each = total / Math.Max(1, (total + limit - 1) / limit);
        var part = new List<int>();
        var height = 0;
        foreach (var table in column)
        {
            if (part.Count > 0 && height + heights[table] / 2 > each)
            {
                yield return part;
                (part, height) = ([], 0);
            }

            part.Add(table);
            height += heights[table];
        }

        yield return part;
    }
}
