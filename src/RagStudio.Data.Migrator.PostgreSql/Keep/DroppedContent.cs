namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>What a migration drops, named as before the migration.</summary>
/// <param name="Schema">The schema of the table.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The dropped columns; empty for the whole table.</param>
internal sealed record DroppedContent(string Schema, string Table, IReadOnlyList<string> Columns)
{
    public bool IsTable => Columns.Count == 0;

    public string DisplayName =>
        IsTable ? $"the table '{Schema}.{Table}'" : $"'{string.Join("', '", Columns)}' of the table '{Schema}.{Table}'";

    public bool IsSame(DroppedContent other) =>
        (Schema, Table) == (other.Schema, other.Table) && Columns.SequenceEqual(other.Columns, StringComparer.Ordinal);
}
