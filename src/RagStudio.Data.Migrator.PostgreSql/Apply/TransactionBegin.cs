using System.Diagnostics;
using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Begins the transaction of a run with the locks that it needs: in a fixed order, each for a short time only, because
/// everybody else waits behind a waiting lock. If one is not free, everything is released; the engine begins again.
/// </summary>
internal sealed class TransactionBegin(NpgsqlConnection connection, string target, LockTurn turn)
{
    /// <summary>The tables that exist, with who has locked them. A table that the run creates is known to nobody else.</summary>
    private const string SelectUses = """
        SELECT wanted.position::int4, held.virtualtransaction, held.mode, held.pid
        FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, position)
        LEFT JOIN pg_catalog.pg_locks held ON held.relation = pg_catalog.to_regclass(wanted.name) AND held.granted
            AND held.locktype = 'relation' AND held.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
            AND held.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
        WHERE pg_catalog.to_regclass(wanted.name) IS NOT NULL ORDER BY wanted.position
        """;

    /// <summary>When it has asked for the first lock, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public long Locking { get; private set; }

    /// <param name="steps">What the run is going to do.</param>
    /// <param name="schemas">The schemas of the databases.</param>
    /// <param name="timeLeft">How long the run may still try, in all.</param>
    /// <param name="beforeLocks">Reads in the transaction what needs no lock.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="TableUseException">Others have used a table for some time.</exception>
    /// <exception cref="PostgresException">A lock was not free in time, or the server has refused it.</exception>
    public async Task<NpgsqlTransaction> RunAsync(
        IReadOnlyList<PlannedSteps> steps,
        string[] schemas,
        TimeSpan timeLeft,
        Func<Task> beforeLocks,
        CancellationToken cancellationToken
    )
    {
        var options = steps.Select(step => ((IPostgreSqlDatabase)step.Database).Options).ToArray();
        var longest = options.Select(one => one.TableLockTimeout).DefaultIfEmpty(TimeSpan.FromMilliseconds(200)).Min();
        var isLast = timeLeft <= longest;
        if (isLast && timeLeft > TimeSpan.Zero)
        {
            longest = timeLeft;
        }
        var needed = await FindAsync(steps, options, schemas, cancellationToken).ConfigureAwait(false);
        var (locks, uses) = await LookAsync(needed, cancellationToken).ConfigureAwait(false);
        turn.Look(uses, isLast);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await beforeLocks().ConfigureAwait(false);
            Locking = Stopwatch.GetTimestamp();
            await LockAsync(turn.Ask(longest, isLast), longest, locks, cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Locks all in one round trip. What a migration's own SQL locks may take the longest time.</summary>
    private async Task LockAsync(
        TimeSpan patience,
        TimeSpan longest,
        IEnumerable<NeededLock> locks,
        CancellationToken cancellationToken
    )
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var sql in locks.Select(one => one.Sql).Prepend(Limit(patience)).Append(Limit(longest)))
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
            }
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Limit(TimeSpan wait) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SET LOCAL lock_timeout = {(long)Math.Ceiling(wait.TotalMilliseconds)}"
        );

    private async Task<(List<NeededLock> Locks, List<TableUse> Uses)> LookAsync(
        IReadOnlyList<NeededLock> needed,
        CancellationToken cancellationToken
    )
    {
        var rows = await connection
            .QueryAsync(
                SelectUses,
                row =>
                    (
                        Lock: needed[row.GetInt32(0) - 1],
                        Transaction: row.Text(1),
                        Mode: row.Text(2),
                        Process: row.IsDBNull(3) ? null : (int?)row.GetInt32(3)
                    ),
                cancellationToken,
                needed.Select(one => one.Table).ToArray()
            )
            .ConfigureAwait(false);
        var uses =
            from row in rows
            where row.Mode is not null && row.Lock.ConflictsWith(row.Mode)
            select new TableUse(row.Lock.Table, row.Transaction!, row.Process);
        return ([.. rows.Select(row => row.Lock).Distinct()], [.. uses]);
    }

    /// <summary>EF's histories first, then the tables by name: two runs never wait for each other in a circle.</summary>
    private async Task<IReadOnlyList<NeededLock>> FindAsync(
        IReadOnlyList<PlannedSteps> steps,
        PostgreSqlDatabaseOptions[] options,
        string[] schemas,
        CancellationToken cancellationToken
    )
    {
        var policy = options.Select(one => one.LockPolicy).DefaultIfEmpty(LockPolicy.Online).Max();
        var locks = new SortedDictionary<string, TableLock>(StringComparer.Ordinal);
        foreach (var ((schema, table), needed) in TableLocks.Find(steps))
        {
            var name = PostgreSqlText.Quote(schema ?? target, table);
            locks[name] = locks.TryGetValue(name, out var known) && known > needed ? known : needed;
        }
        if (policy != LockPolicy.Online)
        {
            var all = policy == LockPolicy.Exclusive ? TableLock.AccessExclusive : TableLock.ShareRowExclusive;
            foreach (var name in await TablesOfAsync(schemas, cancellationToken).ConfigureAwait(false))
            {
                locks[name] = locks.TryGetValue(name, out var known) && known > all ? known : all;
            }
        }
        var histories = steps
            .Select(step => (IPostgreSqlDatabase)step.Database)
            .Select(one => PostgreSqlText.Quote(StateReader.SchemaOf(one, target), one.History.Table))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
        // Everybody reads them to see if something is pending, also while a prepared transaction waits for the next start.
        foreach (var history in histories)
        {
            locks.Remove(history);
        }
        return
        [
            .. histories.Select(name => new NeededLock(name, TableLock.ShareRowExclusive)),
            .. locks.Select(pair => new NeededLock(pair.Key, pair.Value)),
        ];
    }

    private Task<List<string>> TablesOfAsync(string[] schemas, CancellationToken cancellationToken) =>
        connection.QueryAsync(
            """
            SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1) AND c.relname <> ALL ($2::name[])
            """,
            row => PostgreSqlText.Quote(row.GetString(0), row.GetString(1)),
            cancellationToken,
            schemas,
            MigratorTables.All
        );
}
