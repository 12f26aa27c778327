using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// What the catalog says is not as it should be, and the migrator's history. PostgreSQL itself keeps foreign keys and
/// other constraints that are valid.
/// </summary>
internal static class ServerChecks
{
    private const int QuickChecks = 5;

    /// <summary>
    /// Who creates an index beside others holds a lock of its table that two such statements do not share; the index is
    /// INVALID meanwhile. A partitioned one is INVALID until each partition has its part.
    /// </summary>
    private const string InvalidIndexes = """
        SELECT n.nspname::text, t.relname::text, i.relname::text, i.relkind = 'I' FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        WHERE NOT x.indisvalid AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l
            WHERE l.relation = t.oid AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
                AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid())
        ORDER BY 1, 2, 3
        """;

    private const string InvalidConstraints = """
        SELECT n.nspname::text, t.relname::text, c.conname::text FROM pg_catalog.pg_constraint c
        JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        WHERE NOT c.convalidated AND c.conparentid = 0 AND n.nspname = ANY ($1) ORDER BY 1, 2, 3
        """;

    /// <param name="connection">The open connection.</param>
    /// <param name="server">What it finds there.</param>
    /// <param name="schemas">The schemas of the databases.</param>
    /// <param name="target">The schema whose tables have unqualified names.</param>
    /// <param name="depth">How much is checked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<StorageCheck> RunAsync(
        NpgsqlConnection connection,
        ServerState server,
        string[] schemas,
        string target,
        CheckDepth depth,
        CancellationToken cancellationToken
    )
    {
        var isFull = depth == CheckDepth.Full;
        var batch = new QueryBatch(connection);
        var indexes = batch.Add(InvalidIndexes, row => ReadIndex(row, target), schemas);
        var constraints = batch.Add(InvalidConstraints, row => ReadConstraint(row, target), schemas);
        var sequences = new SequenceCheck(connection, target).Add(batch, schemas, isFull);
        var histories = Array.ConvertAll(schemas, schema => HistoryCheck.Add(batch, server, schema));
        var collations = CollationCheck.Add(batch, server.Version, schemas);
        await batch.RunAsync(cancellationToken).ConfigureAwait(false);
        List<ValidationFinding> findings =
        [
            .. FoundErrors.Group(StorageCheck.Indexes, indexes),
            .. await sequences.RunAsync(cancellationToken).ConfigureAwait(false),
            .. histories.SelectMany(history => history()),
        ];
        var full = isFull
            ? await RunFullAsync(connection, schemas, target, cancellationToken).ConfigureAwait(false)
            : StorageCheck.Clean;
        return full with
        {
            Findings = [.. Join(findings, full.Findings)],
            ChecksPerformed = QuickChecks + full.ChecksPerformed,
            // A migration may mean it so, and validate the constraint later.
            NotChecked = [.. constraints, .. full.NotChecked],
            Warnings = [.. collations],
        };
    }

    private static async Task<StorageCheck> RunFullAsync(
        NpgsqlConnection connection,
        string[] schemas,
        string target,
        CancellationToken cancellationToken
    )
    {
        var contents = await new IndexContentCheck(connection, target)
            .RunAsync(schemas, cancellationToken)
            .ConfigureAwait(false);
        var orphans = await OrphanCheck.RunAsync(connection, schemas, target, cancellationToken).ConfigureAwait(false);
        return contents with
        {
            Findings = [.. contents.Findings, .. orphans],
            ChecksPerformed = contents.ChecksPerformed + 1,
        };
    }

    /// <summary>Findings of the same damage are one, which is compared before and after a run.</summary>
    private static IEnumerable<ValidationFinding> Join(
        IEnumerable<ValidationFinding> some,
        IEnumerable<ValidationFinding> others
    ) =>
        some.Concat(others)
            .GroupBy(finding => (finding.Check, finding.Kind, finding.Table))
            .Select(same =>
                same.First() with
                {
                    Count = same.Sum(finding => finding.Count),
                    First = [.. same.SelectMany(finding => finding.First).Take(ValidationFinding.MaxNamed)],
                }
            );

    private static ValidationError ReadIndex(NpgsqlDataReader row, string target)
    {
        var (table, name) = (TableName.Format(row.GetString(0), row.GetString(1), target), row.GetString(2));
        var reason = row.GetBoolean(3)
            ? "not every partition has a part of it. Create what is missing, and attach it by ALTER INDEX … ATTACH PARTITION"
            : "its creation was interrupted or failed. Drop it, and create it again";
        return new ValidationError(
            ValidationErrorKind.Integrity,
            table,
            name,
            $"the index '{name}' of '{table}' is INVALID: {reason}"
        );
    }

    private static string ReadConstraint(NpgsqlDataReader row, string target) =>
        $"the constraint '{row.GetString(2)}' of '{TableName.Format(row.GetString(0), row.GetString(1), target)}' is NOT VALID: rows from before it were never checked";
}
