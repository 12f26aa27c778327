using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The indexes of all tables: https://sqlite.org/pragma.html#pragma_index_list.</summary>
internal sealed class SqliteIndexes
{
    private const string DefaultCollation = "BINARY";

    private readonly SqliteDefinitions _definitions;
    private readonly ILookup<string, (string Name, bool IsUnique, bool IsOwn)> _indexes;
    private readonly ILookup<string, (int Place, string? Column, bool IsDescending, string Collation)> _columns;

    public SqliteIndexes(SqliteConnection connection, SqliteDefinitions definitions)
    {
        _definitions = definitions;
        _indexes = connection
            .Query(
                """
                SELECT t."name", i."name", i."unique", i."origin" = 'c'
                FROM pragma_table_list AS t JOIN pragma_index_list(t."name", 'main') AS i
                WHERE t."schema" = 'main' AND t."type" = 'table'
                ORDER BY t."name", i."name"
                """,
                row => (Table: row.GetString(0), Index: (row.GetString(1), row.GetBoolean(2), row.GetBoolean(3)))
            )
            .ToLookup(row => row.Table, row => row.Index, StringComparer.OrdinalIgnoreCase);
        _columns = connection
            .Query(
                """
                SELECT i."name", c."seqno", c."name", c."desc", c."coll"
                FROM sqlite_master AS i JOIN pragma_index_xinfo(i."name", 'main') AS c
                WHERE i."type" = 'index' AND c."key"
                ORDER BY i."name", c."seqno"
                """,
                row =>
                    (
                        Index: row.GetString(0),
                        Column: (
                            row.GetInt32(1),
                            row.IsDBNull(2) ? null : row.GetString(2),
                            row.GetBoolean(3),
                            row.GetString(4)
                        )
                    )
            )
            .ToLookup(row => row.Index, row => row.Column, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<IndexSchema> Of(string table) =>
        [.. _indexes[table].Select(index => Describe(index.Name, index.IsUnique, index.IsOwn))];

    /// <summary>The names of those that a constraint makes are SQLite's own, and change when tables are copied.</summary>
    private IndexSchema Describe(string name, bool isUnique, bool isOwn)
    {
        var text = isOwn ? SqliteIndexText.Of(_definitions.Of("index", name)) : null;
        return new IndexSchema(
            isOwn ? name : null,
            isUnique,
            [.. _columns[name].Select(column => Describe(column, text))],
            text?.Filter
        );
    }

    private static string Describe(
        (int Place, string? Column, bool IsDescending, string Collation) column,
        SqliteIndexText? text
    )
    {
        var isDefault = string.Equals(column.Collation, DefaultCollation, StringComparison.OrdinalIgnoreCase);
        // An expression says its collation itself.
        var what =
            column.Column is null ? text?.ExpressionAt(column.Place)
            : isDefault ? column.Column
            : $"{column.Column} COLLATE {column.Collation.ToUpperInvariant()}";
        return column.IsDescending ? $"{what} DESC" : what ?? "";
    }
}
