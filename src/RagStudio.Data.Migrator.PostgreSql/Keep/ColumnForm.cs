using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>How the values of a column are kept, and how they come back.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type as SQL.</param>
/// <param name="IsBuiltIn">True if every server has the type.</param>
/// <param name="HasCollation">True for a text.</param>
/// <param name="IsGenerated">True if the server computes it from other columns.</param>
/// <param name="IsIdentity">True if the server numbers its rows.</param>
/// <param name="Default">Its default as SQL.</param>
internal sealed record ColumnForm(
    string Name,
    string Type,
    bool IsBuiltIn,
    bool HasCollation,
    bool IsGenerated,
    bool IsIdentity,
    string? Default
)
{
    private const string Select = """
        SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod),
            COALESCE(e.typnamespace, t.typnamespace) = 'pg_catalog'::regnamespace, a.attcollation <> 0,
            a.attgenerated <> '', a.attidentity <> '',
            CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """;

    public string Sql => PostgreSqlText.Quote(Name);

    /// <summary>
    /// The value in a form that depends on nothing which a later migration may drop, such as an enum or a collation.
    /// </summary>
    public string Kept =>
        !IsBuiltIn ? $"{Sql}::text COLLATE \"C\" AS {Sql}"
        : HasCollation ? $"{Sql} COLLATE \"C\" AS {Sql}"
        : Sql;

    public static Task<List<ColumnForm>> ReadAsync(
        NpgsqlConnection connection,
        string table,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync(
            Select,
            row => new ColumnForm(
                row.GetString(0),
                row.GetString(1),
                row.GetBoolean(2),
                row.GetBoolean(3),
                row.GetBoolean(4),
                row.GetBoolean(5),
                row.Text(6)
            ),
            cancellationToken,
            table
        );

    /// <summary>The kept value as the column takes it.</summary>
    /// <param name="kept">The form in which it is kept.</param>
    public string Returned(ColumnForm kept) => kept.Type == Type ? $"k.{Sql}" : $"k.{Sql}::text::{Type}";
}
