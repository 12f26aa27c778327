using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Which server answers. A copy of a cluster keeps its system identifier, and a replica that takes over begins another
/// timeline; only the moment at which it was started tells two running servers apart.
/// </summary>
/// <param name="Started">The moment at which it was started, to the microsecond.</param>
/// <param name="System">The cluster; <see langword="null"/> if the server does not tell.</param>
/// <param name="Timeline">Its timeline; <see langword="null"/> if the server does not tell.</param>
internal sealed record ServerIdentity(DateTime Started, string? System, string? Timeline)
{
    /// <summary>Reads it outside a transaction.</summary>
    public static async Task<ServerIdentity> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var started = await connection
            .ScalarAsync<DateTime>("SELECT pg_catalog.pg_postmaster_start_time()", cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var found = await connection
                .QueryAsync(
                    """
                    SELECT (SELECT system_identifier::text FROM pg_catalog.pg_control_system()),
                        substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8)
                    """,
                    row => new ServerIdentity(started, row.GetString(0), row.GetString(1)),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return found.Single();
        }
        catch (PostgresException unknown)
            when (unknown.SqlState
                    is PostgresErrorCodes.UndefinedFunction
                        or PostgresErrorCodes.FeatureNotSupported
                        or PostgresErrorCodes.InsufficientPrivilege
            )
        {
            return new ServerIdentity(started, null, null);
        }
    }

    /// <summary>True if both are the same running server, whose databases a prepared transaction may depend on.</summary>
    public bool IsSameServer(ServerIdentity other) =>
        System is not null && System == other.System && Started == other.Started;

    /// <summary>True if this server may have what the other one had: it is the same cluster, or its replica.</summary>
    public bool Succeeds(ServerIdentity other) => System == other.System;
}
