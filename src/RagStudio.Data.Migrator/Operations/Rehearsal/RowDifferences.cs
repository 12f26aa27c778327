namespace RagStudio.Data.Migrator.Operations;

/// <summary>Finds the tables whose number of rows has changed.</summary>
internal static class RowDifferences
{
    public static IReadOnlyList<RowDifference> Between(
        string database,
        IReadOnlyDictionary<string, long> before,
        IReadOnlyDictionary<string, long> after
    ) =>
        [
            .. from table in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            let difference = new RowDifference(database, table, RowsOf(before, table), RowsOf(after, table))
            where difference.Before != difference.After
            select difference,
        ];

    private static long? RowsOf(IReadOnlyDictionary<string, long> rows, string table) =>
        rows.TryGetValue(table, out var count) ? count : null;
}
