using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// Copies what a migration is going to drop, in the transaction of the run: both are committed, or neither is.
/// </summary>
internal sealed class KeepsakeWriter(NpgsqlConnection connection, KeptStep step, long bytesLimit)
{
    private const string SelectTable = """
        SELECT c.relkind = 'r' AND NOT c.relispartition, pg_catalog.pg_total_relation_size(c.oid)
            + COALESCE((SELECT sum(pg_catalog.pg_total_relation_size(t.relid)) FROM pg_catalog.pg_partition_tree(c.oid) t
                WHERE t.relid <> c.oid), 0)::int8,
            CASE WHEN NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') THEN 'the role of the migrations may not read it'
                WHEN pg_catalog.row_security_active(c.oid) THEN 'row security hides rows from the role of the migrations' END
        FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass($1)
        """;

    /// <summary>The unique keys, the primary one first.</summary>
    private const string SelectKeys = """
        SELECT (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, n)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum WHERE k.n <= x.indnkeyatts)
        FROM pg_catalog.pg_index x
        WHERE x.indrelid = pg_catalog.to_regclass($1) AND x.indisunique AND x.indisvalid AND x.indimmediate
            AND x.indpred IS NULL AND x.indexprs IS NULL
            AND NOT EXISTS (SELECT FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, n)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
                WHERE k.n <= x.indnkeyatts AND NOT a.attnotnull)
        ORDER BY x.indisprimary DESC, x.indexrelid
        """;

    private long _bytes;

    /// <returns>The copy, or why there is none; neither if there is nothing in it.</returns>
    public async Task<(Keepsake? Kept, string? Reason)> TryKeepAsync(
        DroppedContent content,
        CancellationToken cancellationToken
    )
    {
        var table = PostgreSqlText.Quote(content.Schema, content.Table);
        var (isPlain, bytes, hidden) = (
            await connection
                .QueryAsync(
                    SelectTable,
                    row => (row.GetBoolean(0), row.GetInt64(1), row.Text(2)),
                    cancellationToken,
                    table
                )
                .ConfigureAwait(false)
        )[0];
        if (hidden is not null)
        {
            return (null, hidden);
        }
        // Of a table with children, the rows of its own.
        var from = isPlain ? $"ONLY {table}" : table;
        if (
            !await connection
                .ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {from})", cancellationToken)
                .ConfigureAwait(false)
        )
        {
            return (null, null);
        }
        _bytes += bytes;
        if (_bytes > bytesLimit)
        {
            return (
                null,
                FormattableString.Invariant(
                    $"with it, the tables that the migration takes something from have {_bytes} bytes, more than {nameof(PostgreSqlDatabaseOptions.KeepsakeLimit)} ({bytesLimit})"
                )
            );
        }
        var keys = content.IsTable ? [] : await FindKeysAsync(content, table, cancellationToken).ConfigureAwait(false);
        if (keys is null)
        {
            return (
                null,
                "no unique key without NULL outlives the migration, so nothing would tell which row a value belongs to"
            );
        }
        if (await KeptSchema.EnsureAsync(connection, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            return (null, reason);
        }
        return (await CopyAsync(content, from, keys, cancellationToken).ConfigureAwait(false), null);
    }

    private async Task<string[]?> FindKeysAsync(
        DroppedContent content,
        string table,
        CancellationToken cancellationToken
    )
    {
        var keys = await connection
            .QueryAsync(SelectKeys, row => row.GetFieldValue<string[]>(0), cancellationToken, table)
            .ConfigureAwait(false);
        return keys.Find(key => !key.Intersect(content.Columns, StringComparer.Ordinal).Any());
    }

    private async Task<Keepsake> CopyAsync(
        DroppedContent content,
        string from,
        string[] keys,
        CancellationToken cancellationToken
    )
    {
        var columns = await ColumnForm
            .ReadAsync(connection, PostgreSqlText.Quote(content.Schema, content.Table), cancellationToken)
            .ConfigureAwait(false);
        var kept = columns
            .Where(column =>
                content.IsTable
                || keys.Contains(column.Name, StringComparer.Ordinal)
                || content.Columns.Contains(column.Name, StringComparer.Ordinal)
            )
            .Select(column => column.Kept);
        var id = await AddAsync(content, keys, cancellationToken).ConfigureAwait(false);
        var table = KeptSchema.TableOf(id);
        await connection
            .ExecuteAsync($"CREATE TABLE {table} AS SELECT {string.Join(", ", kept)} FROM {from}", cancellationToken)
            .ConfigureAwait(false);
        var (seal, rows) = await Seal.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        var bytes = await connection
            .ScalarAsync<long>(
                $"""
                UPDATE {KeptSchema.Index} SET rows = $2, seal = $3,
                    bytes = pg_catalog.pg_total_relation_size(pg_catalog.to_regclass($4)) WHERE id = $1 RETURNING bytes
                """,
                cancellationToken,
                id,
                rows,
                seal,
                table
            )
            .ConfigureAwait(false);
        return new Keepsake(id, content, keys, rows, bytes);
    }

    private Task<long> AddAsync(DroppedContent content, string[] keys, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(
            $"""
            INSERT INTO {KeptSchema.Index} (run_id, context, chain, database, version, reverts, table_schema, table_name,
                columns, keys, rows, bytes, seal, program_version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, '', $11) RETURNING id
            """,
            cancellationToken,
            step.RunId,
            step.Owner.Context,
            step.Owner.Chain,
            step.Database,
            step.Version,
            step.Reverts,
            content.Schema,
            content.Table,
            content.Columns.ToArray(),
            keys,
            SessionName.Program
        );
}
