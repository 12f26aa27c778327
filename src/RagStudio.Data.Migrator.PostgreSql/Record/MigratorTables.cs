using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>The migrator's own tables. They are in the schema of EF's history.</summary>
internal static class MigratorTables
{
    public const string History = "__migrator_history";

    /// <summary>What saves later starts some work, and the greatest number of a history line.</summary>
    public const string Cache = "__migrator_cache";

    /// <summary>
    /// The runs that were committed: a row is committed with its run, so that it tells what became of a commit whose
    /// answer was lost. Its statements are those that still have to follow the run.
    /// </summary>
    public const string Runs = "__migrator_runs";

    /// <summary>What migrations have dropped, and where it is.</summary>
    public const string Drops = "__migrator_drops";

    public static readonly string[] All = [History, Cache, Runs, Drops];

    public static string Create(string schema) =>
        $"""
            CREATE TABLE IF NOT EXISTS {PostgreSqlText.Quote(schema, History)} (
                id bigint PRIMARY KEY,
                event text NOT NULL,
                database text NOT NULL,
                version text,
                name text,
                kind text,
                applied_at text NOT NULL,
                duration_ms double precision NOT NULL,
                checksum text,
                rollback_sql text,
                program_version text NOT NULL,
                ef_version text NOT NULL,
                run_id text NOT NULL,
                detail text,
                hash text,
                context text,
                chain text
            );
            CREATE TABLE IF NOT EXISTS {PostgreSqlText.Quote(
                schema,
                Cache
            )} (key text PRIMARY KEY, value text NOT NULL);
            CREATE TABLE IF NOT EXISTS {PostgreSqlText.Quote(schema, Runs)} (
                run_id text PRIMARY KEY,
                committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                statements text[] NOT NULL
            );
            CREATE TABLE IF NOT EXISTS {PostgreSqlText.Quote(schema, Drops)} (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                run_id text NOT NULL,
                context text NOT NULL,
                chain text NOT NULL,
                database text NOT NULL,
                version text NOT NULL,
                reverts boolean NOT NULL,
                table_schema text NOT NULL,
                table_name text NOT NULL,
                columns text[] NOT NULL,
                fate text NOT NULL,
                reference text,
                place text,
                program_version text NOT NULL,
                dropped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                undone_at timestamptz
            );
            """;
}
