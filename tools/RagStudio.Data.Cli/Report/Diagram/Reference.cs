using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>A foreign key between two existing tables.</summary>
/// <param name="Child">The index of the referring table in the schema.</param>
/// <param name="Parent">The index of the referenced table; the same if a table refers to itself.</param>
/// <param name="Key">The foreign key.</param>
internal sealed record Reference(int Child, int Parent, ForeignKeySchema Key)
{
    public static IReadOnlyList<Reference> Find(DatabaseSchema schema) =>
        [
            .. from child in Enumerable.Range(0, schema.Tables.Count)
            from key in schema.Tables[child].ForeignKeys
            let parent = IndexOf(schema, key.ParentTable)
            where parent >= 0
            select new Reference(child, parent, key),
        ];

    private static int IndexOf(DatabaseSchema schema, string table)
    {
        for (var i = 0; i < schema.Tables.Count; i++)
        {
            if (string.Equals(schema.Tables[i].Name, table, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
