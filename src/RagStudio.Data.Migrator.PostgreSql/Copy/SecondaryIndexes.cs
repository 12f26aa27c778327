using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Copy;

/// <summary>
/// Drops the indexes that enforce nothing, and creates them again from the server's own definitions when the rows are
/// there: one sort, instead of a search in the index for each row.
/// </summary>
internal sealed class SecondaryIndexes(NpgsqlConnection connection)
{
    /// <summary>
    /// An index stays if its definition does not tell everything about it, if somebody else may depend on it, if the role could
    /// not create it again, or if a trigger's function may search its table.
    /// </summary>
    private const string Select = """
        SELECT n.nspname::text, c.relname::text, pg_catalog.pg_get_indexdef(i.indexrelid)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
        WHERE i.indrelid = ANY ($1::regclass[]::oid[])
            AND NOT (i.indisunique OR i.indisexclusion OR i.indisclustered OR i.indisreplident)
            AND i.indisvalid AND i.indisready AND i.indislive
            AND c.relkind = 'i' AND NOT c.relispartition AND c.reltablespace = 0
            AND pg_catalog.pg_has_role(c.relowner, 'USAGE') AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')
            AND NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = i.indexrelid AND COALESCE(a.attstattarget, -1) >= 0)
            AND NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_description d
                WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = i.indexrelid)
            AND NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_seclabel l
                WHERE l.classoid = 'pg_catalog.pg_class'::regclass AND l.objoid = i.indexrelid)
            AND NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_depend d
                WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indexrelid
                    OR d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid AND d.deptype IN ('x', 'e'))
            AND NOT EXISTS (
                SELECT 1 FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
                WHERE NOT g.tgisinternal AND g.tgrelid = ANY ($1::regclass[]::oid[])
                    AND position(t.relname::text IN p.prosrc) > 0)
        ORDER BY i.indexrelid
        """;

    private List<(string Name, string Definition)> _dropped = [];

    public async Task DropAsync(string[] tables, CancellationToken cancellationToken)
    {
        _dropped = await connection
            .QueryAsync(
                Select,
                row => (PostgreSqlText.Quote(row.GetString(0), row.GetString(1)), row.GetString(2)),
                cancellationToken,
                (object)tables
            )
            .ConfigureAwait(false);
        foreach (var (name, _) in _dropped)
        {
            await connection.ExecuteAsync($"DROP INDEX {name}", cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        // A definition does not name the tablespace, which was the database's own.
        var tablespace = await connection
            .ScalarAsync<string>("SELECT pg_catalog.current_setting('default_tablespace')", cancellationToken)
            .ConfigureAwait(false);
        await SetTablespaceAsync("", cancellationToken).ConfigureAwait(false);
        foreach (var (_, definition) in _dropped)
        {
            await connection.ExecuteAsync(definition, cancellationToken).ConfigureAwait(false);
        }
        await SetTablespaceAsync(tablespace!, cancellationToken).ConfigureAwait(false);
    }

    private Task SetTablespaceAsync(string name, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "SELECT pg_catalog.set_config('default_tablespace', $1, true)",
            cancellationToken,
            name
        );
}
