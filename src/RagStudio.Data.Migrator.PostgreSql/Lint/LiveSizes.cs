using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>Reads the sizes of tables of the real database.</summary>
internal static class LiveSizes
{
    /// <summary>
    /// The rows as the planner estimates them: by the density of the last ANALYZE and the present size. The other files
    /// of a table without rows have a size too.
    /// </summary>
    private const string Select = """
        SELECT n.nspname::text, c.relname::text,
            CASE WHEN sum(pg_catalog.pg_relation_size(p.oid)) = 0 THEN 0
                ELSE sum(pg_catalog.pg_table_size(p.oid)) END::int8,
            sum(CASE WHEN p.relpages > 0 THEN p.reltuples / p.relpages * (pg_catalog.pg_relation_size(p.oid)
                / pg_catalog.current_setting('block_size')::int8)
                ELSE pg_catalog.pg_stat_get_live_tuples(p.oid) END)::int8
        FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2)) AS wanted (schema, name)
        JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.schema
        JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
        CROSS JOIN LATERAL (
            SELECT c.oid AS relid UNION SELECT tree.relid FROM pg_catalog.pg_partition_tree(c.oid) AS tree
        ) AS part
        JOIN pg_catalog.pg_class p ON p.oid = part.relid
        GROUP BY 1, 2
        """;

    /// <returns>The sizes of those tables that exist.</returns>
    public static async Task<IReadOnlyDictionary<(string Schema, string Name), LiveSize>> ReadAsync(
        NpgsqlConnection live,
        IReadOnlyCollection<(string Schema, string Name)> tables,
        CancellationToken cancellationToken
    )
    {
        var rows = await live.QueryAsync(
                Select,
                row =>
                    (Key: (row.GetString(0), row.GetString(1)), Size: new LiveSize(row.GetInt64(2), row.GetInt64(3))),
                cancellationToken,
                tables.Select(table => table.Schema).ToArray(),
                tables.Select(table => table.Name).ToArray()
            )
            .ConfigureAwait(false);
        return rows.ToDictionary(row => row.Key, row => row.Size);
    }
}
