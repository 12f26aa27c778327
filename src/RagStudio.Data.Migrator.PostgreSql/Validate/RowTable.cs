using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>A table as the engine knows it.</summary>
/// <param name="Oid">Its identity, which a new name does not change.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Relation">Its name there.</param>
/// <param name="Name">The name by which the engine knows it.</param>
/// <param name="Changes">What the open transaction has done to it.</param>
/// <param name="Storage">What holds its rows: TRUNCATE and a rewrite of the table replace it.</param>
internal sealed record RowTable(
    long Oid,
    string Schema,
    string Relation,
    string Name,
    RowChanges Changes,
    string Storage
)
{
    public string Sql => PostgreSqlText.Quote(Schema, Relation);
}
