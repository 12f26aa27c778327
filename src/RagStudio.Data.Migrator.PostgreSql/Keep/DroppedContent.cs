namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>What a migration drops, named as before the migration.</summary>
/// <param name="Schema">The schema of the table.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The dropped columns; empty for the whole table.</param>
/// <param name="Oid">The table, by which it is found even if an earlier migration gives it another name; 0 if unknown.</param>
internal sealed record DroppedContent(string Schema, string Table, IReadOnlyList<string> Columns, long Oid = 0)
{
    public bool IsTable => Columns.Count == 0;

    public string DisplayName =>
        IsTable ? $"the table '{Schema}.{Table}'" : $"'{string.Join("', '", Columns)}' of the table '{Schema}.{Table}'";

    /// <summary>As lists of backups name it.</summary>
    public string Name => IsTable ? $"{Schema}.{Table}" : $"{Schema}.{Table} ({string.Join(", ", Columns)})";

    public bool IsSame(DroppedContent other) =>
        (Schema, Table) == (other.Schema, other.Table) && Columns.SequenceEqual(other.Columns, StringComparer.Ordinal);
}
