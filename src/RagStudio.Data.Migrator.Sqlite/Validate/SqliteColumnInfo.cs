using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>A row of https://sqlite.org/pragma.html#pragma_table_xinfo.</summary>
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
    /// <summary>
    /// Reads the columns of all ordinary tables, without the hidden ones that only virtual tables have.
    /// </summary>
    public static IReadOnlyList<SqliteColumnInfo> Read(SqliteConnection connection) =>
        connection.Query(
            """
            SELECT t."name", c."name", c."type", c."notnull", c."dflt_value", c."pk", c."hidden"
            FROM pragma_table_list AS t JOIN pragma_table_xinfo(t."name", 'main') AS c
            WHERE t."schema" = 'main' AND t."type" = 'table' AND c."hidden" <> 1
            ORDER BY t."name", c."cid"
            """,
            row => new SqliteColumnInfo(
                row.Text(0)!,
                row.Text(1)!,
                row.Text(2)!,
                !row.Bool(3),
                row.Text(4),
                (int)row.Int64(5),
                (SqliteColumnKind)row.Int64(6)
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
