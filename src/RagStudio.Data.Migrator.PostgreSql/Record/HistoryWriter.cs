using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Contexts;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Steps;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>
/// Writes the migrator's tables of one schema, under the run's lock and in the open transaction if there is one. Lines of
/// the history are numbered without gaps, which a sequence would not do: a gap shows that a line was removed.
/// </summary>
internal sealed class HistoryWriter(NpgsqlConnection connection, string schema)
{
    /// <summary>The position of the duration among the fields of a line; it is a number in the table.</summary>
    private const int Duration = 6;

    private readonly string _history = PostgreSqlText.Quote(schema, MigratorTables.History);
    private readonly string _cache = PostgreSqlText.Quote(schema, MigratorTables.Cache);
    private readonly string _runs = PostgreSqlText.Quote(schema, MigratorTables.Runs);

    public Task CreateTablesAsync(CancellationToken cancellationToken) =>
        connection.ExecuteAsync(MigratorTables.Create(schema), cancellationToken);

    public async Task AppendAsync(HistoryOwner owner, MigrationRecord record)
    {
        var found = await connection
            .QueryAsync(
                $"""
                SELECT l.id, l.hash, (SELECT value FROM {_cache} WHERE key = $1) FROM (SELECT) AS one
                LEFT JOIN LATERAL (SELECT id, hash FROM {_history} ORDER BY id DESC LIMIT 1) AS l ON true
                """,
                row => (Id: row.IsDBNull(0) ? 0 : row.GetInt64(0), Hash: row.Text(1), Counted: row.Text(2)),
                CancellationToken.None,
                CacheKeys.LastLine
            )
            .ConfigureAwait(false);
        var previous = found.Single();
        // A line that was removed at the end leaves a gap, which tells of it.
        var id =
            Math.Max(
                previous.Id,
                long.TryParse(previous.Counted, CultureInfo.InvariantCulture, out var known) ? known : 0
            ) + 1;
        var fields = RecordHash.FieldsOf(record);
        List<object?> values =
        [
            id,
            .. fields,
            RecordHash.Compute(previous.Hash, fields),
            owner.Context,
            owner.Chain,
            CacheKeys.LastLine,
        ];
        values[Duration + 1] = record.Duration.TotalMilliseconds;
        await connection
            .ExecuteAsync(
                $"""
                WITH counted AS (INSERT INTO {_cache} (key, value) VALUES ($18, $1::text)
                    ON CONFLICT (key) DO UPDATE SET value = excluded.value)
                INSERT INTO {_history} (id, event, database, version, name, kind, applied_at, duration_ms, checksum,
                    rollback_sql, program_version, ef_version, run_id, detail, hash, context, chain)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                """,
                CancellationToken.None,
                values
            )
            .ConfigureAwait(false);
    }

    /// <summary>Writes or removes the row of a move in EF's history.</summary>
    public async Task MarkAsync(EFHistory history, bool isMoved)
    {
        var table = PostgreSqlText.Quote(schema, history.Table);
        var id = PostgreSqlText.Quote(history.IdColumn);
        await connection
            .ExecuteAsync($"DELETE FROM {table} WHERE {id} = $1", CancellationToken.None, MoveMark.Version)
            .ConfigureAwait(false);
        if (isMoved)
        {
            await connection
                .ExecuteAsync(
                    $"INSERT INTO {table} ({id}, {PostgreSqlText.Quote(history.VersionColumn)}) VALUES ($1, $2)",
                    CancellationToken.None,
                    MoveMark.Version,
                    ProductInfo.GetVersion()
                )
                .ConfigureAwait(false);
        }
    }

    public async Task WriteAsync(HistoryOwner owner, DatabaseCache cache, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in CacheKeys.Write(owner, cache))
        {
            await WriteAsync(key, value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds the row that is committed with the run, and removes those of long ago.</summary>
    public async Task AddRunAsync(string runId, string[] statements)
    {
        await connection
            .ExecuteAsync(
                $"""
                WITH old AS (DELETE FROM {_runs}
                    WHERE cardinality(statements) = 0 AND committed_at < clock_timestamp() - interval '90 days'
                        AND NOT EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts WHERE gid LIKE '\_\_migrator:' || run_id || ':%'))
                INSERT INTO {_runs} (run_id, statements) VALUES ($1, $2)
                """,
                CancellationToken.None,
                runId,
                statements
            )
            .ConfigureAwait(false);
    }

    public Task<bool> HasRunAsync(string runId) =>
        connection.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM {_runs} WHERE run_id = $1)",
            CancellationToken.None,
            runId
        );

    /// <summary>Writes the row of a committed run again, as it is.</summary>
    public Task TouchRunAsync(string runId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"UPDATE {_runs} SET run_id = run_id WHERE run_id = $1", cancellationToken, runId);

    /// <summary>Reads the statements that have to follow a run, run by run in the order of their commits.</summary>
    public Task<List<(string RunId, string[] Statements)>> ReadUnfinishedAsync(CancellationToken cancellationToken) =>
        connection.QueryAsync(
            $"SELECT run_id, statements FROM {_runs} WHERE statements <> '{{}}' ORDER BY committed_at",
            row => (row.GetString(0), row.GetFieldValue<string[]>(1)),
            cancellationToken
        );

    /// <summary>Replaces the first statement of a run.</summary>
    public Task ReplaceFirstAsync(string runId, string statement, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"UPDATE {_runs} SET statements = $2 || statements[2:] WHERE run_id = $1",
            cancellationToken,
            runId,
            statement
        );

    /// <summary>Removes the first statement of a run, which was executed.</summary>
    public Task FinishFirstAsync(string runId, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"UPDATE {_runs} SET statements = statements[2:] WHERE run_id = $1",
            cancellationToken,
            runId
        );

    public static TimeSpan ToDuration(double milliseconds) =>
        // Rounded explicitly: TimeSpan truncates, and would lose a tick to a double that is not exact.
        TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));

    private Task WriteAsync(string key, string value, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"INSERT INTO {_cache} (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            cancellationToken,
            key,
            value
        );
}
