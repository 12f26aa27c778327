using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Compares B-tree indexes with their tables by the extension amcheck, which locks neither against readers or writers
/// (https://www.postgresql.org/docs/current/amcheck.html).
/// </summary>
internal sealed class IndexContentCheck(NpgsqlConnection connection, string target)
{
    /// <summary>A setting of the session, which receives what the check of an index has found.</summary>
    private const string Setting = "ragstudio.index_check";

    private const string Missing =
        "the indexes were not compared with their tables: that needs the extension amcheck. A superuser can add it: CREATE EXTENSION amcheck";

    private const string MissingPrivilege =
        "the indexes were not compared with their tables: the role may not execute amcheck's bt_index_check. Its owner can allow it: GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean)";

    private const string SelectFunction = """
        SELECT n.nspname::text, pg_catalog.has_function_privilege(p.oid, 'EXECUTE') AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
        FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid
            AND d.classid = 'pg_catalog.pg_proc'::regclass AND d.deptype = 'e'
        JOIN pg_catalog.pg_proc p ON p.oid = d.objid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE e.extname = 'amcheck' AND p.proname = 'bt_index_check'
            AND pg_catalog.oidvectortypes(p.proargtypes) = 'regclass, boolean'
        """;

    private const string SelectIndexes = """
        SELECT x.indexrelid::int8, n.nspname::text, t.relname::text, i.relname::text
        FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = i.relam
        JOIN pg_catalog.pg_class t ON t.oid = x.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = ANY ($1) AND i.relkind = 'i' AND m.amname = 'btree' AND x.indisvalid AND x.indisready
            AND i.relpersistence <> 't' AND (i.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
        ORDER BY 2, 3, 4
        """;

    private readonly List<ValidationError> _damaged = [];
    private readonly List<string> _notChecked = [];

    public async Task<StorageCheck> RunAsync(string[] schemas, CancellationToken cancellationToken)
    {
        var function = await connection
            .QueryAsync(
                SelectFunction,
                row => (Schema: row.GetString(0), IsAllowed: row.GetBoolean(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (function is not [{ IsAllowed: true, Schema: var schema }])
        {
            return StorageCheck.Clean with { Unavailable = [function.Count == 0 ? Missing : MissingPrivilege] };
        }
        var indexes = await connection
            .QueryAsync(
                SelectIndexes,
                row => new CheckedIndex(
                    row.GetInt64(0),
                    TableName.Format(row.GetString(1), row.GetString(2), target),
                    row.GetString(3)
                ),
                cancellationToken,
                schemas
            )
            .ConfigureAwait(false);
        foreach (var index in indexes)
        {
            await CheckAsync(schema, index, cancellationToken).ConfigureAwait(false);
        }
        return new StorageCheck([.. FoundErrors.Group(StorageCheck.Indexes, _damaged)], ChecksPerformed: 1)
        {
            NotChecked = _notChecked,
        };
    }

    /// <summary>
    /// Damage is an error of the function, which must end neither the transaction nor the connection: the driver gives up
    /// one that reports damage.
    /// </summary>
    private async Task CheckAsync(string schema, CheckedIndex index, CancellationToken cancellationToken)
    {
        var check = $"""
            BEGIN
                PERFORM pg_catalog.set_config('{Setting}', '', false);
                PERFORM {PostgreSqlText.Quote(schema, "bt_index_check")}({index.Oid}::oid::regclass, true);
            EXCEPTION WHEN data_corrupted OR index_corrupted OR undefined_table OR undefined_object OR serialization_failure THEN
                PERFORM pg_catalog.set_config('{Setting}', SQLSTATE || ' ' || SQLERRM, false);
            END
            """;
        await connection
            .ExecuteAsync($"DO LANGUAGE plpgsql {PostgreSqlText.Literal(check)}", cancellationToken)
            .ConfigureAwait(false);
        var found = await connection
            .ScalarAsync<string>($"SELECT pg_catalog.current_setting('{Setting}')", cancellationToken)
            .ConfigureAwait(false);
        if (found is [_, _, _, _, _, ' ', .. var message])
        {
            Record(index, found[..5], message);
        }
    }

    private void Record(CheckedIndex index, string state, string message)
    {
        var name = $"the index '{index.Name}' of '{index.Table}'";
        if (state is PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.DataCorrupted)
        {
            var detail =
                $"{name} is damaged: {message} (SQLSTATE {state}). Execute REINDEX INDEX, and find out what damaged it";
            _damaged.Add(new ValidationError(ValidationErrorKind.Integrity, index.Table, index.Name, detail));
        }
        else
        {
            // Others have dropped it or created it anew since the snapshot was taken.
            _notChecked.Add($"{name} was not compared with its table: {message}");
        }
    }

    private sealed record CheckedIndex(long Oid, string Table, string Name);
}
