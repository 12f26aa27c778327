using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>An index that is created or dropped after the commit.</summary>
/// <param name="Schema">The schema of its table and of itself.</param>
/// <param name="Table">Its table.</param>
/// <param name="Index">The index as it will be, or as it is.</param>
internal sealed record FutureIndex(string Schema, string Table, IndexSchema Index)
{
    public DatabaseSchema AddTo(DatabaseSchema schema, string target) =>
        Change(schema, target, others => [.. others.Append(Index).OrderBy(one => one.Name, StringComparer.Ordinal)]);

    public DatabaseSchema RemoveFrom(DatabaseSchema schema, string target) =>
        Change(schema, target, others => [.. others]);

    private DatabaseSchema Change(
        DatabaseSchema schema,
        string target,
        Func<IEnumerable<IndexSchema>, IReadOnlyList<IndexSchema>> change
    )
    {
        var name = TableName.Format(Schema, Table, target);
        return schema with
        {
            Tables =
            [
                .. schema.Tables.Select(table =>
                    table.Name == name
                        ? table with
                        {
                            Indexes = change(table.Indexes.Where(index => index.Name != Index.Name)),
                        }
                        : table
                ),
            ],
        };
    }
}
