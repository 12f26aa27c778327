using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Finds the tables of schemas, without those of EF and of the migrator. A partition is part of its table.
/// </summary>
internal static class RowTables
{
    private const string Select = """
        SELECT c.oid::int8, n.nspname::text, c.relname::text,
            (SELECT COALESCE(sum(pg_catalog.pg_stat_get_xact_tuples_inserted(l.oid)), 0)::int8 FROM leaf l WHERE l.root = c.oid),
            (SELECT COALESCE(sum(pg_catalog.pg_stat_get_xact_tuples_deleted(l.oid)), 0)::int8 FROM leaf l WHERE l.root = c.oid),
            pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::int8,
            (SELECT COALESCE(string_agg(pg_catalog.pg_relation_filenode(l.oid)::text, ' ' ORDER BY l.oid), '')
                FROM leaf l WHERE l.root = c.oid)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
            AND n.nspname = ANY ($1) AND c.relname <> ALL ($2::name[])
            AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 2, 3
        """;

    private const string Leaves = """
        WITH leaf AS MATERIALIZED (SELECT oid, COALESCE(pg_catalog.pg_partition_root(oid), oid) AS root
            FROM pg_catalog.pg_class WHERE relkind = 'r')
        """;

    public static Task<List<RowTable>> ReadAsync(
        NpgsqlConnection connection,
        string[] schemas,
        string[] leftOut,
        string target,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync(
            $"{Leaves}\n{Select}",
            row => new RowTable(
                row.GetInt64(0),
                row.GetString(1),
                row.GetString(2),
                TableName.Format(row.GetString(1), row.GetString(2), target),
                new RowChanges(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
                row.GetString(6)
            ),
            cancellationToken,
            schemas,
            leftOut
        );

    public static Task<long> CountAsync(
        NpgsqlConnection connection,
        RowTable table,
        CancellationToken cancellationToken
    ) => connection.ScalarAsync<long>($"SELECT count(*) FROM {table.Sql}", cancellationToken);
}
