using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Reads sequences, types and functions from the catalog, without those of extensions and without the sequences that
/// belong to a column. The <c>search_path</c> is empty, so that the server's text names schemas.
/// </summary>
internal static class ObjectReader
{
    private const string SelectSequences = """
        SELECT 'sequence', n.nspname::text, c.relname::text, '', pg_catalog.format(
            'AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s%s', pg_catalog.format_type(s.seqtypid, NULL),
            s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)
        FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'e', 'i'))
        """;

    private const string SelectEnums = """
        SELECT 'enum', n.nspname::text, t.typname::text, '', '(' || COALESCE((
            SELECT string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
            FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), '') || ')'
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typtype = 'e' AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
        """;

    private const string SelectDomains = """
        SELECT 'domain', n.nspname::text, t.typname::text, '', concat_ws(' ',
            pg_catalog.format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'NOT NULL' END,
            'DEFAULT ' || pg_catalog.pg_get_expr(t.typdefaultbin, 0),
            (SELECT 'COLLATE ' || l.collname FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
                WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation),
            (SELECT string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
                FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typtype = 'd' AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
        """;

    /// <summary>The end of a line is that of the system where the migration was compiled.</summary>
    private const string SelectFunctions = """
        SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, n.nspname::text, p.proname::text,
            '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
            concat_ws(E'\n', '(' || pg_catalog.pg_get_function_arguments(p.oid) || ')',
                pg_catalog.pg_get_function_result(p.oid), l.lanname, p.provolatile, p.proparallel,
                CASE WHEN p.prokind = 'w' THEN 'WINDOW' END, CASE WHEN p.proisstrict THEN 'STRICT' END,
                CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END, CASE WHEN p.proleakproof THEN 'LEAKPROOF' END,
                pg_catalog.array_to_string(p.proconfig, ' '), p.probin,
                COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), pg_catalog.replace(p.prosrc, E'\r', '')))
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        WHERE p.prokind IN ('f', 'p', 'w') AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
        """;

    private const string Select =
        $"{SelectSequences} UNION ALL {SelectEnums} UNION ALL {SelectDomains} UNION ALL {SelectFunctions}";

    /// <returns>The list that has the objects when the batch ends.</returns>
    public static List<DatabaseObject> Add(QueryBatch batch, string[] schemas, string target) =>
        batch.Add(Select, row => Read(row, target), schemas);

    private static DatabaseObject Read(NpgsqlDataReader row, string target) =>
        new(
            row.GetString(0),
            TableName.Format(row.GetString(1), row.GetString(2), target) + row.GetString(3),
            row.GetString(4)
        );
}
