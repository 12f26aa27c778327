using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>Orders tables by their references.</summary>
internal static class TableOrder
{
    /// <summary>Puts each table after those that it refers to; in a circle, one of them comes first.</summary>
    public static IReadOnlyList<T> Sort<T>(IReadOnlyList<T> items, Func<T, ITable> tableOf)
    {
        var byTable = items.ToDictionary(tableOf);
        var sorted = new List<T>();
        var visited = new HashSet<ITable>();
        foreach (var item in items)
        {
            Visit(tableOf(item));
        }
        return sorted;

        void Visit(ITable table)
        {
            if (!byTable.TryGetValue(table, out var item) || !visited.Add(table))
            {
                return;
            }
            foreach (var reference in table.ForeignKeyConstraints)
            {
                Visit(reference.PrincipalTable);
            }
            sorted.Add(item);
        }
    }
}
