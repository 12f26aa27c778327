namespace RagStudio.Data.Cli;

/// <summary>Determines the horizontal position of each table: to the right of every table that it refers to.</summary>
internal static class DiagramRanks
{
    private const int Unseen = -1;
    private const int Open = -2;

    /// <summary>
    /// Computes the length of the longest path from each table to one that refers to none. A cycle is cut
    /// where it closes.
    /// </summary>
    /// <param name="tables">The number of tables.</param>
    /// <param name="references">The foreign keys.</param>
    public static int[] Compute(int tables, IReadOnlyList<Reference> references)
    {
        var parents = references.ToLookup(one => one.Child, one => one.Parent);
        var ranks = Enumerable.Repeat(Unseen, tables).ToArray();
        for (var table = 0; table < tables; table++)
        {
            Rank(table, parents, ranks);
        }

        return ranks;
    }

    private static int Rank(int table, ILookup<int, int> parents, int[] ranks)
    {
        if (ranks[table] != Unseen)
        {
            return ranks[table];
        }

        ranks[table] = Open;
        var above = parents[table].Select(parent => Rank(parent, parents, ranks)).Where(rank => rank != Open);
        return ranks[table] = above.Select(rank => rank + 1).DefaultIfEmpty(0).Max();
    }
}
