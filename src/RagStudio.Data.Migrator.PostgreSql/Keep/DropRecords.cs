using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>Reads and writes what migrations have dropped, in the schema of EF's history.</summary>
internal sealed class DropRecords(NpgsqlConnection connection, string schema)
{
    private const string IsOpposite =
        "(context = $1 OR chain = $2) AND version = $3 AND reverts <> $4 AND undone_at IS NULL";

    private static readonly string[] Elsewhere =
    [
        nameof(DroppedDataFate.BeforeRestorePoint),
        nameof(DroppedDataFate.InExternalBackup),
    ];

    private readonly string _table = PostgreSqlText.Quote(schema, MigratorTables.Drops);

    /// <summary>Finds what the opposite of a step has dropped since it was last undone.</summary>
    public async Task<IReadOnlyList<DropRecord>> FindOppositeAsync(
        KeptStep step,
        CancellationToken cancellationToken
    ) =>
        await connection
            .ScalarAsync<bool>("SELECT pg_catalog.to_regclass($1) IS NOT NULL", cancellationToken, _table)
            .ConfigureAwait(false)
            ? await connection
                .QueryAsync(
                    $"SELECT id, run_id, table_schema, table_name, columns, fate, reference, place FROM {_table} WHERE {IsOpposite} ORDER BY id",
                    row => new DropRecord(
                        row.GetInt64(0),
                        row.GetString(1),
                        new DroppedContent(row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4)),
                        Enum.Parse<DroppedDataFate>(row.GetString(5)),
                        row.Text(6),
                        row.Text(7)
                    ),
                    cancellationToken,
                    step.Owner.Context,
                    step.Owner.Chain,
                    step.Version,
                    step.Reverts
                )
                .ConfigureAwait(false)
            : [];

    public Task AddAsync(
        KeptStep step,
        DroppedContent content,
        DroppedDataFate fate,
        Cover? cover,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            $"""
            INSERT INTO {_table} (run_id, context, chain, database, version, reverts, table_schema, table_name, columns, fate,
                reference, place, program_version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
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
            fate.ToString(),
            cover?.Reference,
            cover?.Place,
            SessionName.Program
        );

    /// <summary>Lists the runs whose losses a backup elsewhere has, as sets without any content.</summary>
    public async Task<IReadOnlyList<BackupSet>> ListElsewhereAsync(
        HistoryOwner owner,
        CancellationToken cancellationToken
    ) =>
        await HasTableAsync(cancellationToken).ConfigureAwait(false)
            ? await connection
                .QueryAsync(
                    $"""
                    SELECT to_char(min(dropped_at) AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISSMS"Z"') || '_' || run_id,
                        min(dropped_at), bool_or(reverts), run_id, min(program_version), min(database), max(version),
                        array_agg(DISTINCT fate || ':' || reference)
                    FROM {_table} WHERE (context = $1 OR chain = $2) AND fate = ANY ($3) GROUP BY run_id
                    """,
                    ReadElsewhere,
                    cancellationToken,
                    owner.Context,
                    owner.Chain,
                    Elsewhere
                )
                .ConfigureAwait(false)
            : [];

    public Task EndOppositeAsync(KeptStep step, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"UPDATE {_table} SET undone_at = clock_timestamp() WHERE {IsOpposite}",
            cancellationToken,
            step.Owner.Context,
            step.Owner.Chain,
            step.Version,
            step.Reverts
        );

    /// <summary>The table may be older than this program's, or of a role that keeps it to itself.</summary>
    private Task<bool> HasTableAsync(CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            "SELECT COALESCE(pg_catalog.has_table_privilege(pg_catalog.to_regclass($1)::oid, 'SELECT'), false)",
            cancellationToken,
            _table
        );

    private static BackupSet ReadElsewhere(NpgsqlDataReader row) =>
        new(
            FormatVersion: 1,
            row.GetString(0),
            new DateTimeOffset(row.GetDateTime(1), TimeSpan.Zero),
            row.GetBoolean(2) ? BackupReason.BeforeRollback : BackupReason.BeforeMigration,
            row.GetString(3),
            row.GetString(4),
            [new BackupDatabase(row.GetString(5), File: null, row.GetString(6), 0, 0, Sha256: null, null, Check: null)]
        )
        {
            Elsewhere = [.. row.GetFieldValue<string[]>(7).Select(Describe)],
        };

    private static string Describe(string reference)
    {
        var parts = reference.Split(':', 2);
        return parts[0] == nameof(DroppedDataFate.BeforeRestorePoint)
            ? $"restore point {parts[1]}"
            : $"external backup {parts[1]}";
    }
}
