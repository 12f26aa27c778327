using System.Diagnostics;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// The lock of a database for a run: an advisory lock of the session, which the server releases when the session ends.
/// It is polled, because a session that waits for it within a statement would make CREATE INDEX CONCURRENTLY wait for
/// that session, and both for ever.
/// </summary>
internal static class RunLock
{
    /// <summary>The key, within the database.</summary>
    public const long Key = 0x5261_6753_7475_6469;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(250);

    private const string SelectHolder = """
        SELECT a.application_name, a.pid, COALESCE(a.client_hostname, a.client_addr::text, ''), a.backend_start
        FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            AND (l.classid::int8 << 32) | l.objid::int8 = $1
        """;

    /// <exception cref="DatabaseLockedException">It was not released in time.</exception>
    public static async Task AcquireAsync(
        NpgsqlConnection connection,
        ServerAddress address,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var waiting = Stopwatch.StartNew();
        var delay = FirstDelay;
        while (!await TryAcquireAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (waiting.Elapsed >= timeout)
            {
                var holder = await FindHolderAsync(connection, cancellationToken).ConfigureAwait(false);
                throw new DatabaseLockedException(MigrationPhase.Lock, address.DisplayName, waiting.Elapsed, holder);
            }
            var left = timeout - waiting.Elapsed;
            await Task.Delay(delay < left ? delay : left, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>Releases it. The server would do that too, but only some time after the connection is closed.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection
                .ExecuteAsync("SELECT pg_catalog.pg_advisory_unlock($1)", CancellationToken.None, Key)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException)
        {
            // The session is gone, and the lock with it.
        }
    }

    /// <summary>Waits until no run is at work in a database.</summary>
    /// <exception cref="DatabaseLockedException">Another run did not end in time.</exception>
    public static async Task WaitForOthersAsync(
        NpgsqlConnection connection,
        ServerAddress address,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        await AcquireAsync(connection, address, timeout, cancellationToken).ConfigureAwait(false);
        await ReleaseAsync(connection).ConfigureAwait(false);
    }

    /// <summary>Finds the processes that hold it in a database of the server.</summary>
    public static Task<List<int>> FindProcessesAsync(
        NpgsqlConnection connection,
        long database,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync(
            """
            SELECT pid FROM pg_catalog.pg_locks
            WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND database = $2::int8::oid
                AND (classid::int8 << 32) | objid::int8 = $1
            """,
            row => row.GetInt32(0),
            cancellationToken,
            Key,
            database
        );

    public static Task<bool> TryAcquireAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>("SELECT pg_catalog.pg_try_advisory_lock($1)", cancellationToken, Key);

    /// <summary>Acquires it until the end of the open transaction.</summary>
    public static Task<bool> TryAcquireForTransactionAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    ) => connection.ScalarAsync<bool>("SELECT pg_catalog.pg_try_advisory_xact_lock($1)", cancellationToken, Key);

    /// <summary>
    /// Proves that the lock is one: another session must not get it. Behind a pooler that shares sessions it may, and some
    /// engines accept such locks without holding them.
    /// </summary>
    /// <exception cref="DatabaseAccessException">Another session got it too.</exception>
    public static async Task ProveAsync(ConnectionSource source, CancellationToken cancellationToken)
    {
        var other = source.CreateSecond();
        await using (other.ConfigureAwait(false))
        {
            await other.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (await TryAcquireAsync(other, cancellationToken).ConfigureAwait(false))
            {
                await other
                    .ExecuteAsync("SELECT pg_catalog.pg_advisory_unlock($1)", cancellationToken, Key)
                    .ConfigureAwait(false);
                throw new DatabaseAccessException(
                    MigrationPhase.Lock,
                    source.Address.DisplayName,
                    DatabaseProblem.Server,
                    "an advisory lock that one session holds was given to a second one, so that two runs could not be kept apart. "
                        + "Give a connection string that leads to PostgreSQL itself, not to a pooler"
                );
            }
        }
    }

    /// <returns>The holder; <see langword="null"/> if it is gone, or the role may not see it.</returns>
    private static async Task<LockHolder?> FindHolderAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var holders = await connection
            .QueryAsync(
                SelectHolder,
                row =>
                    SessionName.Parse(row.Text(0)) is { } name
                        ? new LockHolder(
                            name.ProcessId,
                            row.GetString(2) is { Length: > 0 } host ? host : Environment.MachineName,
                            new DateTimeOffset(row.GetDateTime(3)),
                            name.ProgramVersion,
                            name.Activity
                        )
                        : null,
                cancellationToken,
                Key
            )
            .ConfigureAwait(false);
        return holders.FirstOrDefault();
    }
}
