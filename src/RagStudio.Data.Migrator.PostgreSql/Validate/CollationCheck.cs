using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Finds collations whose rules have changed since indexes were built by them, as a new version of the system's libraries
/// changes them (https://www.postgresql.org/docs/current/sql-altercollation.html).
/// </summary>
internal static class CollationCheck
{
    /// <summary>The first version that records which rules a database's own collation had.</summary>
    private const int FirstWithDatabaseVersion = 150000;

    /// <summary>The oid of the collation that stands for the database's own.</summary>
    private const int Default = 100;

    /// <summary>
    /// The collations of the indexes, each with its indexes. To ask for the version of one loads its rules, and a server
    /// has hundreds: those that no index uses are not asked for, which the volatile function in the subquery ensures.
    /// </summary>
    private const string Used = """
        WITH used AS MATERIALIZED (
            SELECT u.rules, array_agg(DISTINCT pg_catalog.format('%I.%I', n.nspname, i.relname)) AS indexes
            FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
            CROSS JOIN LATERAL unnest(x.indcollation::oid[]) AS u (rules)
            WHERE n.nspname = ANY ($1) AND i.relkind = 'i' GROUP BY u.rules)
        """;

    private const string SelectCollations = $"""
        {Used}
        SELECT * FROM (
            SELECT 'the collation ' || pg_catalog.quote_literal(c.collname) AS name, c.collversion,
                pg_catalog.pg_collation_actual_version(c.oid) AS actual,
                pg_catalog.format('ALTER COLLATION %I.%I REFRESH VERSION', n.nspname, c.collname) AS refresh,
                u.indexes
            FROM used u JOIN pg_catalog.pg_collation c ON c.oid = u.rules
            JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
            WHERE c.collversion IS NOT NULL) AS found
        WHERE collversion <> actual ORDER BY 1
        """;

    private static readonly string SelectDatabase = $$"""
        {{Used}}
        SELECT * FROM (
            SELECT 'the default collation', d.datcollversion,
                pg_catalog.pg_database_collation_actual_version(d.oid) AS actual,
                pg_catalog.format('ALTER DATABASE %I REFRESH COLLATION VERSION', d.datname), u.indexes
            FROM pg_catalog.pg_database d JOIN used u ON u.rules = {{Default}}
            WHERE d.datname = pg_catalog.current_database()) AS found
        WHERE datcollversion <> actual
        """;

    /// <returns>The list that has the warnings when the batch ends: first of collations, then of the database's own.</returns>
    public static IEnumerable<ValidationWarning> Add(QueryBatch batch, int serverVersion, string[] schemas)
    {
        var found = batch.Add(SelectCollations, Read, schemas);
        return serverVersion >= FirstWithDatabaseVersion
            ? found.Concat(batch.Add(SelectDatabase, Read, schemas))
            : found;
    }

    private static ValidationWarning Read(NpgsqlDataReader row)
    {
        var indexes = row.GetFieldValue<string[]>(4);
        var named = string.Join(", ", indexes.Take(5));
        return new ValidationWarning(
            ValidationWarningKind.OutdatedCollation,
            null,
            $"{row.GetString(0)} had version {row.GetString(1)} and has {row.GetString(2)} now: text may be sorted differently than in the {indexes.Length} index(es) that use it, and searches may miss rows. REINDEX {named}{(indexes.Length > 5 ? " and the others" : "")}, then execute: {row.GetString(3)}"
        );
    }
}
