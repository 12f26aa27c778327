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
internal sealed class TransactionBegin(NpgsqlConnection connection, string target)
{
    /// <summary>When it has asked for the first lock, as <see cref="Stopwatch.GetTimestamp"/> tells it.</summary>
    public long Locking { get; private set; }

    /// <param name="steps">What the run is going to do.</param>
    /// <param name="schemas">The schemas of the databases.</param>
    /// <param name="timeLeft">How long the run may still try, in all.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="PostgresException">A lock was not free in time, or the server has refused it.</exception>
    public async Task<NpgsqlTransaction> RunAsync(
        IReadOnlyList<PlannedSteps> steps,
        string[] schemas,
        TimeSpan timeLeft,
        CancellationToken cancellationToken
    )
    {
        var options = steps.Select(step => ((IPostgreSqlDatabase)step.Database).Options).ToArray();
        var patience = options.Select(one => one.TableLockTimeout).DefaultIfEmpty(TimeSpan.FromMilliseconds(200)).Min();
        if (timeLeft > TimeSpan.Zero && timeLeft < patience)
        {
            patience = timeLeft;
        }
        var statements = await FindStatementsAsync(steps, options, schemas, cancellationToken).ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LockAsync(patience, statements, cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task LockAsync(TimeSpan patience, List<string> statements, CancellationToken cancellationToken)
    {
        var milliseconds = (long)Math.Ceiling(patience.TotalMilliseconds);
        await connection
            .ExecuteAsync(
                string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = {milliseconds}"),
                cancellationToken
            )
            .ConfigureAwait(false);
        Locking = Stopwatch.GetTimestamp();
        foreach (var statement in statements)
        {
            await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>EF's histories first, then the tables by name: two runs never wait for each other in a circle.</summary>
    private async Task<List<string>> FindStatementsAsync(
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
        var found = new List<string>();
        foreach (
            var (name, needed) in histories
                .Select(name => (name, TableLock.ShareRowExclusive))
                .Concat(locks.Select(pair => (pair.Key, pair.Value)))
        )
        {
            // A table that this run creates does not exist yet, and nobody else knows it.
            if (
                await connection
                    .ScalarAsync<bool>("SELECT pg_catalog.to_regclass($1) IS NOT NULL", cancellationToken, name)
                    .ConfigureAwait(false)
            )
            {
                found.Add($"LOCK TABLE {name} IN {Render(needed)} MODE");
            }
        }
        return found;
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

    private static string Render(TableLock needed) =>
        needed switch
        {
            TableLock.Share => "SHARE",
            TableLock.ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            _ => "ACCESS EXCLUSIVE",
        };
}
