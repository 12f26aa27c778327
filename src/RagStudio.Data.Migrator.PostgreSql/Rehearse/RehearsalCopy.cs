using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Apply;
using RagStudio.Data.Migrator.PostgreSql.Keep;
using RagStudio.Data.Migrator.PostgreSql.Lint;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>
/// Brings a scratch database to the version of the real one, and copies rows into it, which are read in one snapshot.
/// </summary>
/// <param name="source">How to connect to the real database.</param>
/// <param name="scratch">The connection to the scratch database.</param>
/// <param name="target">The schema of unqualified names.</param>
/// <param name="request">What is cloned.</param>
internal sealed class RehearsalCopy(
    ConnectionSource source,
    NpgsqlConnection scratch,
    string target,
    CloneRequest request
)
{
    /// <summary>What decides how values are written as text, and which rows come first without an order.</summary>
    private const string Settings = """
        SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 3; SET bytea_output = 'hex';
        SET row_security = off; SET synchronize_seqscans = off; SET max_parallel_workers_per_gather = 0;
        SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0
        """;

    private readonly IPostgreSqlDatabase[] _databases =
    [
        .. request.Databases.Select(cloned => (IPostgreSqlDatabase)cloned.Database),
    ];

    /// <exception cref="NoScratchException">The scratch database cannot be made like the real one.</exception>
    public async Task<IReadOnlyList<ClonedTable>> RunAsync(
        IProgress<(long Copied, long Total)>? progress,
        CancellationToken cancellationToken
    )
    {
        foreach (var cloned in request.Databases)
        {
            await ReplayAsync(cloned, cancellationToken).ConfigureAwait(false);
        }
        var live = source.CreateReader();
        await using (live.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            await live.ExecuteAsync(Settings, cancellationToken).ConfigureAwait(false);
            await scratch.ExecuteAsync(Settings, cancellationToken).ConfigureAwait(false);
            await live.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken)
                .ConfigureAwait(false);
            var tables = await FindTablesAsync(live, cancellationToken).ConfigureAwait(false);
            var copied = await CopyAsync(live, tables, progress, cancellationToken).ConfigureAwait(false);
            await CopySequencesAsync(live, cancellationToken).ConfigureAwait(false);
            await CompleteAsync(cancellationToken).ConfigureAwait(false);
            return copied;
        }
    }

    private async Task ReplayAsync(ClonedDatabase cloned, CancellationToken cancellationToken)
    {
        var database = (IPostgreSqlDatabase)cloned.Database;
        var history = new PostgreSqlMigrationSteps(scratch, database, target);
        try
        {
            var replay = await ScratchReplay.InAsync(database, scratch, target, cloned.Compiled).ConfigureAwait(false);
            await using (replay.ConfigureAwait(false))
            {
                foreach (var version in cloned.Applied)
                {
                    await replay
                        .RunAsync(version, cloned.CodeFor, steps: null, cancellationToken)
                        .ConfigureAwait(false);
                    await scratch
                        .ExecuteAsync(history.HistoryChange(version, reverts: false), cancellationToken)
                        .ConfigureAwait(false);
                }
            }
            await new HistoryWriter(scratch, StateReader.SchemaOf(database, target))
                .CreateTablesAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        // Migrations and code are the application's: one that fails on an empty database says nothing about the real one.
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new NoScratchException(
                $"the migrations of '{database.Name}' cannot be replayed: {failure.Message.TrimEnd('.')}.",
                failure
            );
        }
    }

    /// <summary>What only the real database has belongs to others.</summary>
    private async Task<List<LiveTable>> FindTablesAsync(NpgsqlConnection live, CancellationToken cancellationToken)
    {
        // Which migrations are applied is recorded already; the history itself is copied.
        string[] leftOut =
        [
            .. _databases.Select(database => database.History.Table),
            .. MigratorTables.All.Where(table => table != MigratorTables.History),
        ];
        var created = await LiveTable.ReadAsync(scratch, leftOut, cancellationToken).ConfigureAwait(false);
        var byName = created.ToDictionary(table => (table.Schema, table.Name));
        var tables = await LiveTable.ReadAsync(live, leftOut, cancellationToken).ConfigureAwait(false);
        tables.RemoveAll(table => !byName.ContainsKey((table.Schema, table.Name)));
        if (tables.Find(table => !table.Columns.SequenceEqual(byName[(table.Schema, table.Name)].Columns)) is { } other)
        {
            throw new NoScratchException($"the table '{other.Name}' has other columns than its migrations create.");
        }
        return tables;
    }

    private async Task<IReadOnlyList<ClonedTable>> CopyAsync(
        NpgsqlConnection live,
        List<LiveTable> tables,
        IProgress<(long Copied, long Total)>? progress,
        CancellationToken cancellationToken
    )
    {
        if (tables.Count == 0)
        {
            return [];
        }
        var selected = await SelectAsync(live, tables, cancellationToken).ConfigureAwait(false);
        var sizes = await LiveSizes
            .ReadAsync(live, [.. tables.Select(table => (table.Schema, table.Name))], cancellationToken)
            .ConfigureAwait(false);
        var constraints = new HeldConstraints(scratch);
        await constraints.DropAsync(cancellationToken).ConfigureAwait(false);
        // Migrations have rows of their own, which the real tables may have no longer.
        await scratch
            .ExecuteAsync($"TRUNCATE {string.Join(", ", tables.Select(table => table.Sql))}", cancellationToken)
            .ConfigureAwait(false);
        var copy = new RowCopy(live, scratch);
        var copied = new List<ClonedTable>();
        var (done, total) = (0L, sizes.Values.Sum(size => size.Bytes));
        foreach (var table in tables)
        {
            var rows = await CopyAsync(copy, table, selected[table.Oid], cancellationToken).ConfigureAwait(false);
            var size = sizes[(table.Schema, table.Name)];
            var all = selected[table.Oid].AreAll ? rows : Math.Max(size.Rows, rows + 1);
            if (table.Name != MigratorTables.History)
            {
                copied.Add(new ClonedTable(TableName.Format(table.Schema, table.Name, target), rows, all));
            }
            progress?.Report((done += size.Bytes, total));
        }
        await constraints.CreateAsync(cancellationToken).ConfigureAwait(false);
        return copied;
    }

    /// <summary>The migrator's history is a chain, of which nothing can be left out.</summary>
    private async Task<IReadOnlyDictionary<long, SelectedRows>> SelectAsync(
        NpgsqlConnection live,
        List<LiveTable> tables,
        CancellationToken cancellationToken
    )
    {
        var own = tables.Where(table => table.Name == MigratorTables.History).ToArray();
        var selected = await new RowSample(live, [.. tables.Except(own)], request.MaxRows)
            .SelectAsync(cancellationToken)
            .ConfigureAwait(false);
        return selected.Concat(own.Select(table => KeyValuePair.Create(table.Oid, SelectedRows.All))).ToDictionary();
    }

    private async Task<long> CopyAsync(
        RowCopy copy,
        LiveTable table,
        SelectedRows rows,
        CancellationToken cancellationToken
    )
    {
        var triggers = new QuietTriggers(scratch, table.Sql);
        await triggers.DisableAsync(cancellationToken).ConfigureAwait(false);
        var copied = await copy.CopyAsync(table, rows, cancellationToken).ConfigureAwait(false);
        await triggers.EnableAsync(cancellationToken).ConfigureAwait(false);
        return copied;
    }

    /// <summary>What migrations insert must get numbers that are free.</summary>
    private async Task CopySequencesAsync(NpgsqlConnection live, CancellationToken cancellationToken)
    {
        var sequences = await scratch
            .QueryAsync(
                """
                SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND c.relpersistence <> 't'
                """,
                row => PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var sequence in sequences)
        {
            if (
                await live.ScalarAsync<bool>(
                        "SELECT pg_catalog.to_regclass($1) IS NOT NULL",
                        cancellationToken,
                        sequence
                    )
                    .ConfigureAwait(false)
            )
            {
                var state = await live.QueryAsync(
                        $"SELECT last_value, is_called FROM {sequence}",
                        row => (Last: row.GetInt64(0), IsCalled: row.GetBoolean(1)),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await scratch
                    .ExecuteAsync(
                        "SELECT pg_catalog.setval($1::regclass, $2, $3)",
                        cancellationToken,
                        sequence,
                        state[0].Last,
                        state[0].IsCalled
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>Computes what depends on rows: materialized views in the order of their creation, and statistics.</summary>
    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var views = await scratch
            .QueryAsync(
                """
                SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND c.relispopulated
                ORDER BY c.oid
                """,
                row => PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var view in views)
        {
            await scratch.ExecuteAsync($"REFRESH MATERIALIZED VIEW {view}", cancellationToken).ConfigureAwait(false);
        }
        await scratch.ExecuteAsync("ANALYZE", cancellationToken).ConfigureAwait(false);
    }
}
