using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>Reads what a database records about contexts, in one round trip for all of them.</summary>
internal sealed class StateReader(ServerState server, IPostgreSqlDatabase database)
{
    private const string Columns =
        "id, event, database, version, name, kind, applied_at, duration_ms, checksum, rollback_sql, program_version, ef_version, run_id, detail";

    private const string IsOwn = "(context = $1 OR chain = $2)";

    private readonly string _schema = SchemaOf(database, server.Target);

    /// <summary>The schema of EF's history and of the migrator's tables.</summary>
    /// <param name="database">The database.</param>
    /// <param name="target">The first schema of the connection's <c>search_path</c>.</param>
    public static string SchemaOf(IPostgreSqlDatabase database, string? target) =>
        database.History.Schema ?? target ?? "public";

    public static async Task<IReadOnlyList<DatabaseState>> ReadAsync(
        NpgsqlConnection connection,
        ServerState server,
        IReadOnlyList<IPostgreSqlDatabase> databases,
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        StateReader[] readers = [.. databases.Select(database => new StateReader(server, database))];
        var states = new List<DatabaseState>();
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var one in readers)
            {
                one.Add(batch, historyLimit);
            }
            if (batch.BatchCommands.Count == 0)
            {
                return [.. databases.Select(_ => DatabaseState.Empty)];
            }
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                foreach (var one in readers)
                {
                    states.Add(await one.ReadAsync(reader, historyLimit, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        for (var i = 0; i < states.Count; i++)
        {
            if (readers[i].HasHistory && MoveMark.IsIn(states[i].Applied))
            {
                states[i] = await readers[i]
                    .ApplyMarkAsync(connection, states[i], cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        return states;
    }

    /// <summary>The history has the row by other means if there is no line.</summary>
    private async Task<DatabaseState> ApplyMarkAsync(
        NpgsqlConnection connection,
        DatabaseState state,
        CancellationToken cancellationToken
    )
    {
        var lines = await connection
            .QueryAsync(
                $"SELECT event, detail FROM {Table(MigratorTables.History)} WHERE {IsOwn} AND event IN ('Moved', 'Reopened') ORDER BY id DESC LIMIT 1",
                row => (Event: row.GetString(0), Detail: row.Text(1)),
                cancellationToken,
                database.Owner.Context,
                database.Owner.Chain
            )
            .ConfigureAwait(false);
        return MoveMark.Apply(state, lines is [{ Event: nameof(MigrationEvent.Moved) } line] ? line.Detail : null);
    }

    private bool HasEF => server.Has(_schema, database.History.Table);

    private bool HasHistory => server.Has(_schema, MigratorTables.History);

    private bool HasRest => server.Has(_schema, MigratorTables.Cache) && server.Has(_schema, MigratorTables.Runs);

    private string Table(string name) => PostgreSqlText.Quote(_schema, name);

    private void Add(NpgsqlBatch batch, int historyLimit)
    {
        if (HasEF)
        {
            Add(
                batch,
                $"SELECT h.id FROM (SELECT {PostgreSqlText.Quote(database.History.IdColumn)}::text COLLATE \"C\" AS id FROM {Table(database.History.Table)}) AS h ORDER BY h.id"
            );
        }
        if (HasHistory)
        {
            Add(
                batch,
                $"SELECT version, bool_and(NOT {IsOwn}) FROM {Table(MigratorTables.History)} WHERE event IN ('Applied', 'Adopted') AND version <> ALL ($3::text::text[]) GROUP BY version HAVING bool_and(NOT {IsOwn}) IS NOT NULL",
                database.Owner.Context,
                database.Owner.Chain,
                ServerQueries.ArrayText(database.Migrations.Select(migration => migration.Version))
            );
            Add(
                batch,
                $"SELECT version, checksum FROM {Table(MigratorTables.History)} WHERE {IsOwn} AND event IN ('Applied', 'Accepted', 'Adopted') AND version IS NOT NULL AND checksum IS NOT NULL ORDER BY id",
                database.Owner.Context,
                database.Owner.Chain
            );
            if (historyLimit > 0)
            {
                Add(
                    batch,
                    $"SELECT {Columns} FROM {Table(MigratorTables.History)} WHERE {IsOwn} ORDER BY id DESC LIMIT $3",
                    database.Owner.Context,
                    database.Owner.Chain,
                    historyLimit
                );
                Add(
                    batch,
                    $"SELECT max(applied_at) FROM {Table(MigratorTables.History)} WHERE {IsOwn} AND event = 'Applied'",
                    database.Owner.Context,
                    database.Owner.Chain
                );
            }
        }
        if (HasRest)
        {
            Add(
                batch,
                $"SELECT key, value FROM {Table(MigratorTables.Cache)} WHERE key IN ($1, $2)",
                CacheKeys.Schema(database.Owner),
                CacheKeys.Program(database.Owner)
            );
            Add(batch, $"SELECT EXISTS (SELECT FROM {Table(MigratorTables.Runs)} WHERE statements <> '{{}}')");
        }
    }

    private async Task<DatabaseState> ReadAsync(
        NpgsqlDataReader reader,
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        List<string> applied = [];
        List<MigrationRecord> history = [];
        DateTimeOffset? last = null;
        var checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var cache = DatabaseCache.Empty;
        var isInterrupted = server.HasPrepared;
        var isOthers = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        if (HasEF)
        {
            applied = await NextAsync(row => row.GetString(0)).ConfigureAwait(false);
        }
        if (HasHistory)
        {
            foreach (
                var (id, others) in await NextAsync(row => (row.GetString(0), row.GetBoolean(1))).ConfigureAwait(false)
            )
            {
                isOthers[id] = others;
            }
            foreach (
                var (id, checksum) in await NextAsync(row => (row.GetString(0), row.GetString(1))).ConfigureAwait(false)
            )
            {
                checksums[id] = checksum;
            }
            if (historyLimit > 0)
            {
                history = await NextAsync(ReadRecord).ConfigureAwait(false);
                last = Time((await NextAsync(row => row.Text(0)).ConfigureAwait(false)).Single());
            }
        }
        if (HasRest)
        {
            cache = CacheKeys.Read(
                database.Owner,
                await NextAsync(row => (row.GetString(0), row.GetString(1))).ConfigureAwait(false)
            );
            isInterrupted |= (await NextAsync(row => row.GetBoolean(0)).ConfigureAwait(false)).Single();
        }
        return new DatabaseState(
            // Without the ids of other contexts that share the table.
            ForeignMigrations.Remove(applied, database, _ => isOthers),
            last,
            history,
            checksums
        )
        {
            Cache = cache,
            IsInterrupted = isInterrupted,
        };

        async Task<List<T>> NextAsync<T>(Func<NpgsqlDataReader, T> read)
        {
            var rows = await reader.ReadAllAsync(read, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return rows;
        }
    }

    private static void Add(NpgsqlBatch batch, string sql, params List<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(ServerQueries.Parameter(value));
        }
        batch.BatchCommands.Add(command);
    }

    /// <summary>A line that was tampered with must not prevent reading the others: the check of the chain reports it.</summary>
    private static MigrationRecord ReadRecord(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            Enum.TryParse<MigrationEvent>(row.Text(1), out var what) ? what : MigrationEvent.Unknown,
            row.Text(2) ?? "",
            row.Text(3),
            row.Text(4),
            Enum.TryParse<MigrationKind>(row.Text(5), out var kind) ? kind : null,
            Time(row.Text(6)) ?? DateTimeOffset.MinValue,
            HistoryWriter.ToDuration(row.GetDouble(7)),
            row.Text(8),
            row.Text(9),
            row.Text(10) ?? "",
            row.Text(11) ?? "",
            row.Text(12) ?? "",
            row.Text(13)
        );

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;
}
