using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// What the catalog says is not as it should be, and the migrator's history. PostgreSQL itself keeps foreign keys and
/// other constraints that are valid.
/// </summary>
internal static class ServerChecks
{
    private const int QuickChecks = 3;

    private const string InvalidIndexes = """
        SELECT t.relname::text, i.relname::text FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        WHERE NOT x.indisvalid AND t.relkind <> 'p' AND n.nspname = ANY ($1) ORDER BY 1, 2
        """;

    private const string InvalidConstraints = """
        SELECT t.relname::text, c.conname::text FROM pg_catalog.pg_constraint c
        JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        WHERE NOT c.convalidated AND n.nspname = ANY ($1) ORDER BY 1, 2
        """;

    public static async Task<StorageCheck> RunAsync(
        NpgsqlConnection connection,
        ServerState server,
        string[] schemas,
        string target,
        CheckDepth depth,
        CancellationToken cancellationToken
    )
    {
        var indexes = await connection
            .QueryAsync(InvalidIndexes, Read, cancellationToken, schemas)
            .ConfigureAwait(false);
        var constraints = await connection
            .QueryAsync(InvalidConstraints, Read, cancellationToken, schemas)
            .ConfigureAwait(false);
        var findings = new List<ValidationFinding>();
        findings.AddRange(
            indexes.Select(found =>
                Find(
                    found.Table,
                    found.Name,
                    $"the index '{found.Name}' of '{found.Table}' is INVALID: its creation was interrupted or failed. Drop it, and create it again"
                )
            )
        );
        foreach (var schema in schemas)
        {
            findings.AddRange(
                await HistoryCheck.RunAsync(connection, server, schema, cancellationToken).ConfigureAwait(false)
            );
        }
        if (depth == CheckDepth.Full)
        {
            findings.AddRange(
                await OrphanCheck.RunAsync(connection, schemas, target, cancellationToken).ConfigureAwait(false)
            );
        }
        return new StorageCheck(findings, depth == CheckDepth.Full ? QuickChecks + 1 : QuickChecks)
        {
            // A migration may mean it so, and validate the constraint later.
            NotChecked =
            [
                .. constraints.Select(found =>
                    $"the constraint '{found.Name}' of '{found.Table}' is NOT VALID: rows from before it were never checked"
                ),
            ],
        };
    }

    private static (string Table, string Name) Read(NpgsqlDataReader row) => (row.GetString(0), row.GetString(1));

    private static ValidationFinding Find(string table, string name, string detail) =>
        ValidationFinding.From(
            StorageCheck.Indexes,
            new ValidationError(ValidationErrorKind.Integrity, table, name, detail)
        );
}
