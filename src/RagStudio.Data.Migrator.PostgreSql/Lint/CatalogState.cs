using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>A scratch database as one of its sessions sees it: the catalog, the session's locks and its scans.</summary>
/// <param name="Relations">Tables and indexes by their oids.</param>
/// <param name="Columns">The columns of tables.</param>
/// <param name="Constraints">The constraints of tables by their oids.</param>
/// <param name="Locks">The locks that the session holds.</param>
internal sealed record CatalogState(
    IReadOnlyDictionary<long, Relation> Relations,
    IReadOnlyDictionary<(long Table, int Number), Column> Columns,
    IReadOnlyDictionary<long, Constraint> Constraints,
    IReadOnlySet<(long Relation, LockMode Mode)> Locks
)
{
    /// <summary>Objects of the server itself have smaller oids.</summary>
    private const string SelectRelations = """
        SELECT c.oid::int8, coalesce(x.indrelid, c.oid)::int8, n.nspname::text, c.relname::text, c.relkind = 'm',
            c.relfilenode::int8, c.reltablespace::int8, pg_catalog.pg_stat_get_xact_numscans(c.oid)
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid
        WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
            AND c.relpersistence <> 't' AND n.nspname <> 'pg_toast'
        """;

    private const string SelectColumns = """
        SELECT attrelid::int8, attnum::int4, attname::text, atttypid::int8, atttypmod, attnotnull,
            attidentity <> '' OR attgenerated <> ''
        FROM pg_catalog.pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped
        """;

    private const string SelectConstraints = """
        SELECT oid::int8, conrelid::int8, contype::text, convalidated
        FROM pg_catalog.pg_constraint WHERE conrelid >= 16384
        """;

    private const string SelectLocks = """
        SELECT l.relation::int8, l.mode FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
        WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.relation >= 16384 AND l.granted
        """;

    public static CatalogState Read(NpgsqlConnection connection) =>
        new(
            connection.Query(SelectRelations, ReadRelation).ToDictionary(relation => relation.Oid),
            connection.Query(SelectColumns, ReadColumn).ToDictionary(column => (column.Table, column.Number)),
            connection.Query(SelectConstraints, ReadConstraint).ToDictionary(constraint => constraint.Oid),
            connection
                .Query(SelectLocks, row => (Relation: row.GetInt64(0), Mode: LockModes.Parse(row.GetString(1))))
                .Where(held => held.Mode is not null)
                .Select(held => (held.Relation, held.Mode!.Value))
                .ToHashSet()
        );

    private static Relation ReadRelation(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt64(1),
            row.GetString(2),
            row.GetString(3),
            row.GetBoolean(4),
            row.GetInt64(5),
            row.GetInt64(6),
            row.GetInt64(7)
        );

    private static Column ReadColumn(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetInt32(1),
            row.GetString(2),
            row.GetInt64(3),
            row.GetInt32(4),
            row.GetBoolean(5),
            row.GetBoolean(6)
        );

    private static Constraint ReadConstraint(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetString(2)[0], row.GetBoolean(3));
}
