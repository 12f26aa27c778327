using System.Diagnostics;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>
/// Opens the session of a run: it proves by trying that the server can be trusted with one, and acquires the lock.
/// </summary>
internal static class SessionOpener
{
    private const int OldestVersion = 140000;

    private const string SelectServer = """
        SELECT pg_catalog.pg_backend_pid(),
            pg_catalog.pg_is_in_recovery() OR pg_catalog.current_setting('transaction_read_only') = 'on',
            pg_catalog.current_setting('server_version_num')::int4
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The server notices within a second that a client has died during a statement, and soon that a network has; it ends
    /// a transaction that nobody goes on with.
    /// </summary>
    private static readonly string[] Settings =
    [
        "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = '10min'",
        "SET client_connection_check_interval = '1s'",
        "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3",
    ];

    public static async Task<IStorageSession> OpenAsync(
        PostgreSqlStorage storage,
        RunIdentity run,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        var connection = storage.CreateSession(run);
        try
        {
            await ConnectAsync(storage, connection, cancellationToken).ConfigureAwait(false);
            await DemandServerAsync(storage, connection, cancellationToken).ConfigureAwait(false);
            await SettleAsync(connection, cancellationToken).ConfigureAwait(false);
            var identity = await ServerIdentity.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
            await RunLock
                .AcquireAsync(connection, storage.Address, lockTimeout, cancellationToken)
                .ConfigureAwait(false);
            await RunLock.ProveAsync(storage.Source, cancellationToken).ConfigureAwait(false);
            // While this process waited for the lock, another may have changed anything.
            var server = await storage
                .LookAsync(connection, storage.Databases, cancellationToken)
                .ConfigureAwait(false);
            await TargetGuard.DemandAsync(storage, connection, server, cancellationToken).ConfigureAwait(false);
            var session = new PostgreSqlSession(
                storage,
                new RunConnection(storage, connection, run, identity),
                server,
                run
            );
            await session.PrepareAsync(cancellationToken).ConfigureAwait(false);
            return storage.Session = session;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Opens another session for the same run, as soon as the server has ended the old one. One that the server still
    /// holds, because it does not know yet that nobody listens, is ended.
    /// </summary>
    /// <exception cref="NpgsqlException">The server did not answer in time.</exception>
    /// <exception cref="MigrationException">Another server answers, or another run holds the lock.</exception>
    public static async Task<(NpgsqlConnection Connection, ServerIdentity Server)> ReopenAsync(
        PostgreSqlStorage storage,
        RunIdentity run,
        ServerIdentity before,
        TimeSpan patience
    )
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var connection = storage.CreateSession(run);
            try
            {
                await connection.OpenAsync().ConfigureAwait(false);
                await DemandServerAsync(storage, connection, CancellationToken.None).ConfigureAwait(false);
                await SettleAsync(connection, CancellationToken.None).ConfigureAwait(false);
                var now = await ServerIdentity.ReadAsync(connection, CancellationToken.None).ConfigureAwait(false);
                if (!now.Succeeds(before))
                {
                    throw Refuse(storage, "another server answers there now, which knows nothing of this run");
                }
                await EndAsync(connection).ConfigureAwait(false);
                await RunLock
                    .AcquireAsync(connection, storage.Address, patience, CancellationToken.None)
                    .ConfigureAwait(false);
                return (connection, now);
            }
            catch (Exception failure)
                when ((ServerErrors.EndsSession(failure) || failure is DatabaseAccessException or PostgresException)
                    && waiting.Elapsed < patience
                )
            {
                // It may be starting again, or another one may be taking over.
                await connection.DisposeAsync().ConfigureAwait(false);
                await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>
    /// Ends the run's old session. It has the same name and holds the lock: the number of its process may have been given
    /// to another.
    /// </summary>
    private static Task EndAsync(NpgsqlConnection connection) =>
        connection.ExecuteAsync(
            """
            SELECT pg_catalog.pg_terminate_backend(l.pid) FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE a.application_name = pg_catalog.current_setting('application_name')
                AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
                AND (l.classid::int8 << 32) | l.objid::int8 = $1
            """,
            CancellationToken.None,
            RunLock.Key
        );

    /// <summary>Some systems cannot look for their clients, or set how: without that, their own limits hold.</summary>
    private static async Task SettleAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var setting in Settings)
        {
            try
            {
                await connection.ExecuteAsync(setting, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException refused)
                when (refused.SqlState
                        is PostgresErrorCodes.InvalidParameterValue
                            or PostgresErrorCodes.FeatureNotSupported
                    && setting != Settings[0]
                ) { }
        }
    }

    private static async Task ConnectAsync(
        PostgreSqlStorage storage,
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing)
            when (ServerErrors.IsMissing(missing) && storage.Databases.Any(database => database.Options.CreateDatabase))
        {
            await CreateAsync(storage, cancellationToken).ConfigureAwait(false);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the database through one that every server has; another start may do the same.</summary>
    private static async Task CreateAsync(PostgreSqlStorage storage, CancellationToken cancellationToken)
    {
        var maintenance = storage.Source.CreateFor("postgres");
        await using (maintenance.ConfigureAwait(false))
        {
            await maintenance.OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await maintenance
                    .ExecuteAsync(
                        $"CREATE DATABASE {PostgreSqlText.Quote(storage.Address.Database)}",
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (PostgresException exists)
                when (exists.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another start has created it.
            }
        }
    }

    /// <summary>Before anything is set or locked: a pooler would leave that to others.</summary>
    private static async Task DemandServerAsync(
        PostgreSqlStorage storage,
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var answers = await connection
            .QueryAsync(
                SelectServer,
                row => (ProcessId: row.GetInt32(0), IsStandby: row.GetBoolean(1), Version: row.GetInt32(2)),
                cancellationToken
            )
            .ConfigureAwait(false);
        var server = answers.Single();
        if (server.Version < OldestVersion)
        {
            throw Refuse(
                storage,
                $"the server is PostgreSQL {connection.ServerVersion}, and a run needs 14 or newer. Upgrade the server"
            );
        }
        if (server.ProcessId != connection.ProcessID)
        {
            throw Refuse(
                storage,
                "a pooler stands between this program and PostgreSQL: the process that answers is not the one that was announced. Give a connection string for migrations that leads to PostgreSQL itself"
            );
        }
        if (server.IsStandby)
        {
            throw Refuse(
                storage,
                "it is a standby, or its sessions are read-only. Connect to the primary: list the hosts and add 'Target Session Attributes=primary'; or reset default_transaction_read_only of the role and of the database"
            );
        }
    }

    private static DatabaseAccessException Refuse(PostgreSqlStorage storage, string reason) =>
        new(MigrationPhase.Lock, storage.DisplayName, DatabaseProblem.Server, reason);
}
