using System.Net.Sockets;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>Turns the errors of the driver and of the server into sentences for users.</summary>
internal static class ServerErrors
{
    private const string OtherHistory =
        ". The history table is that of a context with another naming convention: give each its own with MigrationsHistoryTable";

    /// <summary>True if the server gave up waiting for a lock, or ended a deadlock: it is worth trying again.</summary>
    public static bool IsContention(Exception? failure) =>
        failure
            is PostgresException
            {
                SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            }
        || failure is ServerStatementException or DatabaseAccessException && IsContention(failure.InnerException);

    /// <summary>True if the session is gone, so that only another one can tell what became of its transaction.</summary>
    public static bool EndsSession(Exception failure) =>
        failure switch
        {
            PostgresException answered => answered.Severity is "FATAL" or "PANIC",
            NpgsqlException => true,
            _ => failure is IOException or SocketException or ObjectDisposedException,
        };

    /// <summary>True if the server has no such database.</summary>
    public static bool IsMissing(Exception? failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName };

    /// <summary>Describes why a database cannot be used.</summary>
    public static DatabaseAccessException ToAccessException(
        this Exception failure,
        MigrationPhase phase,
        ServerAddress address
    )
    {
        var (problem, detail) = Describe(failure, address);
        var isHistory =
            phase == MigrationPhase.Plan
            && failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedColumn };
        return new DatabaseAccessException(
            phase,
            address.DisplayName,
            problem,
            isHistory ? detail + OtherHistory : detail,
            failure
        );
    }

    /// <summary>Describes why a statement of a run failed.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="address">The server.</param>
    /// <param name="what">What failed and what becomes of it, as the beginning of a sentence; if it is not obvious.</param>
    public static ServerStatementException ToStatementException(
        this NpgsqlException failure,
        ServerAddress address,
        string? what = null
    ) => new($"{(what is null ? "" : what + ": ")}{Describe(failure, address).Detail}.", failure);

    private static (DatabaseProblem Problem, string Detail) Describe(Exception failure, ServerAddress address) =>
        failure switch
        {
            PostgresException answered => Describe(answered, address),
            NpgsqlException { InnerException: SocketException socket } => (
                DatabaseProblem.Server,
                socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                    ? $"the host '{address.Host}' is unknown ({socket.Message}). Check Host in the connection string"
                    : $"no server answers at {address.Server} ({socket.Message}). Start the server, or check Host and Port in the connection string"
            ),
            NpgsqlException { InnerException: TimeoutException } or TimeoutException => (
                DatabaseProblem.Server,
                $"{address.Server} did not answer in time. Check the network and Timeout in the connection string"
            ),
            _ => (DatabaseProblem.Server, $"the connection to {address.Server} failed ({failure.Message})"),
        };

    private static (DatabaseProblem Problem, string Detail) Describe(
        PostgresException answered,
        ServerAddress address
    ) =>
        (
            // The other problems tell people what to do with a file.
            answered.SqlState == PostgresErrorCodes.DiskFull
                ? DatabaseProblem.NoSpace
                : DatabaseProblem.Server,
            $"{answered.MessageText} (SQLSTATE {answered.SqlState}){Advice(answered, address)}"
        );

    private static string Advice(PostgresException answered, ServerAddress address) =>
        answered.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                ". Check Username and Password in the connection string, and the server's pg_hba.conf",
            PostgresErrorCodes.InvalidCatalogName =>
                $". Create the database, for example by 'createdb {address.Database}', or check Database in the connection string",
            PostgresErrorCodes.InsufficientPrivilege =>
                ". Grant the role what it needs: CONNECT on the database, USAGE and CREATE on the schema, and the ownership of the tables that it changes",
            PostgresErrorCodes.TooManyConnections =>
                ". Close other connections, or raise max_connections; a run needs two connections for each database",
            PostgresErrorCodes.CannotConnectNow => ". Wait until the server has started, then try again",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                ". Connect to the primary: a standby and a read-only session cannot be migrated",
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
                ". The server has found damage: write nothing more to it, and restore one of its backups",
            PostgresErrorCodes.ProtocolViolation or PostgresErrorCodes.FeatureNotSupported =>
                ". Give a connection string that leads to PostgreSQL itself, not to a pooler",
            _ => "",
        };
}
