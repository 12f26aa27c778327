using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>The schema with what migrations have dropped. Only the role that migrates can look into it.</summary>
internal static class KeptSchema
{
    public const string Name = "__migrator_kept";

    public const string Index = $"{Name}.keepsakes";

    private const string Create = $"""
        CREATE SCHEMA IF NOT EXISTS {Name};
        CREATE TABLE IF NOT EXISTS {Index} (
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
            keys text[] NOT NULL,
            rows bigint NOT NULL,
            bytes bigint NOT NULL,
            seal text NOT NULL,
            program_version text NOT NULL,
            kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            returned_at timestamptz,
            returned_rows bigint
        );
        """;

    /// <summary>Whether there is something that the role can read: it may not even look up names in a schema of others.</summary>
    private const string HasIndex = $"""
        EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
            WHERE s.nspname = '{Name}' AND c.relname = 'keepsakes' AND pg_catalog.has_schema_privilege(s.oid, 'USAGE')
                AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))
        """;

    private const string SelectState = $"""
        SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'), r.rolname::text,
            pg_catalog.pg_has_role(n.nspowner, 'MEMBER') AND pg_catalog.has_schema_privilege(n.oid, 'CREATE'),
            {HasIndex}
        FROM (VALUES (1)) AS one
        LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = '{Name}'
        LEFT JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner
        """;

    public static string TableOf(long id) => FormattableString.Invariant($"{Name}.kept_{id}");

    public static Task<bool> ExistsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>($"SELECT {HasIndex}", cancellationToken);

    /// <returns>The owner of the schema; <see langword="null"/> if there is none.</returns>
    public static Task<string?> FindOwnerAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<string>(
            $"SELECT pg_catalog.pg_get_userbyid(nspowner)::text FROM pg_catalog.pg_namespace WHERE nspname = '{Name}'",
            cancellationToken
        );

    /// <returns>Why nothing can be kept; <see langword="null"/> if the schema is there.</returns>
    public static async Task<string?> EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var state = await connection
            .QueryAsync(
                SelectState,
                row =>
                    (
                        MayCreate: row.GetBoolean(0),
                        Owner: row.Text(1),
                        IsOurs: !row.IsDBNull(2) && row.GetBoolean(2),
                        IsComplete: row.GetBoolean(3)
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        switch (state[0])
        {
            // Its owner could drop what is kept in it.
            case { Owner: { } owner, IsOurs: false }:
                return $"the schema {Name} belongs to the role '{owner}', which the role of the migrations is no member of";
            case { Owner: null, MayCreate: false }:
                return $"the role of the migrations may not create the schema {Name}: grant it CREATE on the database";
            case { IsComplete: false }:
                await connection.ExecuteAsync(Create, cancellationToken).ConfigureAwait(false);
                break;
        }
        return null;
    }

    /// <summary>Finds what the opposite of a step has dropped since it was last undone.</summary>
    public static Task<List<Keepsake>> FindOppositeAsync(
        NpgsqlConnection connection,
        KeptStep step,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync(
            $"""
            SELECT DISTINCT ON (table_schema, table_name, columns) {Keepsake.Selected} FROM {Index}
            WHERE (context = $1 OR chain = $2) AND version = $3 AND reverts <> $4 AND returned_at IS NULL
            ORDER BY table_schema, table_name, columns, id DESC
            """,
            Keepsake.Read,
            cancellationToken,
            step.Owner.Context,
            step.Owner.Chain,
            step.Version,
            step.Reverts
        );
}
