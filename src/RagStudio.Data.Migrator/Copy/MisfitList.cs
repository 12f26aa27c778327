namespace RagStudio.Data.Migrator.Copy;

/// <summary>Collects what does not fit: each reason of a column once, with the first rows.</summary>
internal sealed class MisfitList
{
    private readonly Dictionary<
        (CopyTable Table, string Column, string Reason),
        (long Count, List<string> Rows)
    > _found = [];

    public IReadOnlyList<CopyMisfit> All =>
        [
            .. _found.Select(pair => new CopyMisfit(
                pair.Key.Table.Database.Name,
                pair.Key.Table.Source.Name,
                pair.Key.Column,
                pair.Key.Reason,
                pair.Value.Count,
                pair.Value.Rows
            )),
        ];

    public void Add(CopyTable table, string column, string reason, object?[] row)
    {
        var (count, rows) = _found.GetValueOrDefault((table, column, reason), (0, []));
        if (rows.Count < CopyMisfit.MaxRows)
        {
            rows.Add(table.NameOf(row));
        }
        _found[(table, column, reason)] = (count + 1, rows);
    }
}
