using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>The sessions of a database, which have to end for the moment in which it gets another name.</summary>
internal static class OtherSessions
{
    /// <summary>What PostgreSQL demands of a role that ends a session (pg_signal_backend).</summary>
    private const string MayEnd = """
        (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
            OR NOT r.rolsuper AND (pg_catalog.pg_has_role(a.usesysid, 'USAGE')
                OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'))
        """;

    private const string SelectRefusing = $"""
        SELECT DISTINCT r.rolname::text, current_user::text FROM pg_catalog.pg_stat_activity a
        JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
        WHERE a.datid = $1::int8::oid AND NOT ({MayEnd}) ORDER BY 1
        """;

    private const string SelectPrepared =
        "SELECT count(*) FROM pg_catalog.pg_prepared_xacts WHERE database = (SELECT datname FROM pg_catalog.pg_database WHERE oid = $1::int8::oid)";

    /// <summary>
    /// Ends them while another session holds the lock that a new name needs. Nobody new comes in then, and nobody is
    /// sent away for nothing.
    /// </summary>
    private const string End = $"""
        SELECT pg_catalog.pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity a
        JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
        WHERE a.datid = $1::int8::oid AND ({MayEnd}) AND EXISTS (
            SELECT FROM pg_catalog.pg_locks WHERE pid = $2 AND locktype = 'object' AND granted
                AND classid = 'pg_catalog.pg_database'::regclass AND objid = $1::int8::oid AND mode = 'AccessExclusiveLock')
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="DatabaseAccessException">They cannot be ended; none was.</exception>
    public static async Task DemandEndableAsync(
        NpgsqlConnection connection,
        long database,
        ServerAddress address,
        CancellationToken cancellationToken
    )
    {
        var refusing = await connection
            .QueryAsync(
                SelectRefusing,
                row => (Of: row.GetString(0), Role: row.GetString(1)),
                cancellationToken,
                database
            )
            .ConfigureAwait(false);
        if (refusing is [var (_, role), ..])
        {
            throw Refuse(
                address,
                $"the role '{role}' may not end the sessions of {string.Join(", ", refusing.Select(one => $"'{one.Of}'"))} there, which has to be done for the moment in which the restored database takes its place. Close them, or grant '{role}' pg_signal_backend; only a superuser ends the sessions of superusers"
            );
        }
        var prepared = await connection
            .ScalarAsync<long>(SelectPrepared, cancellationToken, database)
            .ConfigureAwait(false);
        if (prepared > 0)
        {
            throw Refuse(
                address,
                $"it has {prepared} prepared transactions, and cannot be renamed before they end. End them with COMMIT PREPARED or ROLLBACK PREPARED"
            );
        }
    }

    /// <summary>Ends them again and again, until the renaming has ended.</summary>
    /// <param name="connection">A connection to another database.</param>
    /// <param name="database">The database that is being renamed.</param>
    /// <param name="renaming">The renaming.</param>
    /// <param name="process">The process that renames it.</param>
    public static async Task EndUntilAsync(NpgsqlConnection connection, long database, Task renaming, int process)
    {
        try
        {
            while (!renaming.IsCompleted)
            {
                await connection.ExecuteAsync(End, CancellationToken.None, database, process).ConfigureAwait(false);
                await Task.WhenAny(renaming, Task.Delay(Pause, TimeProvider.System)).ConfigureAwait(false);
            }
        }
        finally
        {
            // Its connection is free only then, whatever becomes of it.
            await Task.WhenAny(renaming).ConfigureAwait(false);
        }
        await renaming.ConfigureAwait(false);
    }

    private static DatabaseAccessException Refuse(ServerAddress address, string reason) =>
        new(MigrationPhase.Apply, address.DisplayName, DatabaseProblem.Server, reason);
}
