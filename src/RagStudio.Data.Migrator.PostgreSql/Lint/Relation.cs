namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>A table, a materialized view or an index.</summary>
/// <param name="Oid">Its oid.</param>
/// <param name="Table">The oid of its table; of a table its own.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsView">True for a materialized view.</param>
/// <param name="File">The file that contains it; 0 if it has none.</param>
/// <param name="Tablespace">The table space of the file.</param>
/// <param name="Scans">The scans by the session that the server has not yet added to its statistics.</param>
internal sealed record Relation(
    long Oid,
    long Table,
    string Schema,
    string Name,
    bool IsView,
    long File,
    long Tablespace,
    long Scans
)
{
    public bool IsTable => Oid == Table;
}
