using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>The indexes of all tables.</summary>
internal sealed class SqliteIndexes(SqliteConnection connection, SqliteDefinitions definitions)
{
    private readonly ILookup<string, SqliteIndexInfo> _indexes = SqliteIndexInfo
        .Read(connection)
        .ToLookup(index => index.Table, StringComparer.OrdinalIgnoreCase);

    private readonly ILookup<string, SqliteIndexColumnInfo> _columns = SqliteIndexColumnInfo
        .Read(connection)
        .ToLookup(column => column.Index, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<IndexSchema> Of(string table) => [.. _indexes[table].Select(Describe)];

    /// <summary>Constraints' indexes have names that SQLite generates, which change when tables are copied.</summary>
    private IndexSchema Describe(SqliteIndexInfo index)
    {
        var text = index.IsOwn ? SqliteIndexText.Parse(definitions.Of(index.Name)) : null;
        return new IndexSchema(
            index.IsOwn ? index.Name : null,
            index.IsUnique,
            [.. _columns[index.Name].Select(column => column.Describe(text))],
            text?.Filter
        );
    }
}
