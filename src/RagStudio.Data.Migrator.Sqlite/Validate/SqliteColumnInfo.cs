using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>A line of https://sqlite.org/pragma.html#pragma_table_xinfo.</summary>
internal sealed record SqliteColumnInfo(
    string Table,
    string Name,
    string Type,
    bool IsNullable,
    string? Default,
    int PrimaryKeyOrder,
    SqliteColumnKind Kind
)
{
    /// <summary>The columns of all ordinary tables, those left out that only virtual tables have.</summary>
    public static IReadOnlyList<SqliteColumnInfo> Read(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT t."name", c."name", c."type", c."notnull", c."dflt_value", c."pk", c."hidden"
            FROM pragma_table_list AS t JOIN pragma_table_xinfo(t."name", 'main') AS c
            WHERE t."schema" = 'main' AND t."type" = 'table' AND c."hidden" <> 1
            ORDER BY t."name", c."cid"
            """,
            row => new SqliteColumnInfo(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                !row.GetBoolean(3),
                row.IsDBNull(4) ? null : row.GetString(4),
                row.GetInt32(5),
                (SqliteColumnKind)row.GetInt32(6)
            )
        );

    public ColumnSchema Describe(SqliteTableText text) =>
        new(
            Name,
            Type,
            IsNullable,
            DefaultWith(text),
            PrimaryKeyOrder,
            Kind != SqliteColumnKind.Ordinary,
            text.CollationOf(Name)
        );

    private string? DefaultWith(SqliteTableText text) =>
        Kind switch
        {
            SqliteColumnKind.Computed => text.ExpressionOf(Name),
            SqliteColumnKind.Stored => text.ExpressionOf(Name) + " stored",
            _ => Default is null ? null : SqliteTokens.Canonical(Default),
        };
}
