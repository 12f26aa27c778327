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

    private const string Indexes = """
        SELECT pg_catalog.format('%I.%I', n.nspname, i.relname) FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
        WHERE n.nspname = ANY ($1) AND i.relkind = 'i'
        """;

    private const string SelectCollations = $"""
        SELECT * FROM (
            SELECT 'the collation ' || pg_catalog.quote_literal(c.collname) AS collation, c.collversion,
                pg_catalog.pg_collation_actual_version(c.oid) AS actual,
                pg_catalog.format('ALTER COLLATION %I.%I REFRESH VERSION', n.nspname, c.collname) AS refresh,
                ARRAY({Indexes} AND c.oid = ANY (x.indcollation::oid[]) ORDER BY 1)::text[] AS indexes
            FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
            WHERE c.collversion IS NOT NULL) AS used
        WHERE collversion <> actual AND indexes <> ARRAY[]::text[] ORDER BY 1
        """;

    private static readonly string SelectDatabase = $$"""
        SELECT * FROM (
            SELECT 'the default collation', d.datcollversion,
                pg_catalog.pg_database_collation_actual_version(d.oid) AS actual,
                pg_catalog.format('ALTER DATABASE %I REFRESH COLLATION VERSION', d.datname),
                ARRAY({{Indexes}} AND {{Default}} = ANY (x.indcollation::oid[]) ORDER BY 1)::text[] AS indexes
            FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()) AS used
        WHERE datcollversion <> actual AND indexes <> ARRAY[]::text[]
        """;

    public static async Task<IReadOnlyList<ValidationWarning>> RunAsync(
        NpgsqlConnection connection,
        int serverVersion,
        string[] schemas,
        CancellationToken cancellationToken
    )
    {
        var found = await connection
            .QueryAsync(SelectCollations, Read, cancellationToken, schemas)
            .ConfigureAwait(false);
        if (serverVersion >= FirstWithDatabaseVersion)
        {
            found.AddRange(
                await connection.QueryAsync(SelectDatabase, Read, cancellationToken, schemas).ConfigureAwait(false)
            );
        }
        return found;
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
