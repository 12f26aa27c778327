using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>A table, with its partitions.</summary>
/// <param name="Oid">Its oid.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsPartitioned">True if its rows are in partitions.</param>
/// <param name="Columns">Its columns by name, except those that the server generates.</param>
/// <param name="Key">The columns of its primary key, in its order; empty if there is none.</param>
internal sealed record LiveTable(
    long Oid,
    string Schema,
    string Name,
    bool IsPartitioned,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Key
)
{
    private const string Select = """
        SELECT c.oid::int8, n.nspname::text, c.relname::text, c.relkind = 'p',
            ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                ORDER BY a.attname),
            ARRAY(SELECT a.attname::text FROM pg_catalog.pg_constraint p
                CROSS JOIN unnest(p.conkey) WITH ORDINALITY k(number, position)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
                WHERE p.conrelid = c.oid AND p.contype = 'p' ORDER BY k.position)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
            AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' AND c.relname <> ALL ($1::name[])
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 2, 3
        """;

    public string Sql => PostgreSqlText.Quote(Schema, Name);

    /// <summary>The table without those that inherit from it, which are tables of their own.</summary>
    public string From => IsPartitioned ? Sql : $"ONLY {Sql}";

    public string ColumnList => string.Join(", ", Columns.Select(PostgreSqlText.Quote));

    /// <param name="connection">The open connection.</param>
    /// <param name="leftOut">The names of tables that are not wanted.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static Task<List<LiveTable>> ReadAsync(
        NpgsqlConnection connection,
        string[] leftOut,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync(
            Select,
            row => new LiveTable(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                row.GetBoolean(3),
                row.GetFieldValue<string[]>(4),
                row.GetFieldValue<string[]>(5)
            ),
            cancellationToken,
            [leftOut]
        );
}
