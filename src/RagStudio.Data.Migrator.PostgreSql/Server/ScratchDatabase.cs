using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// An empty database beside the real one, dropped at the end. One that a killed process has left is dropped by the next:
/// the lock that its owner held is free, and its comment says what it is. One without a comment was left before that, when
/// nobody could connect to it yet, so that there is nothing in it.
/// </summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    /// <summary>Follows the name of a database that a restore has replaced.</summary>
    public const string Replaced = "__replaced_";

    /// <summary>The class of the advisory locks that owners of scratch databases hold; the object is a part of the name.</summary>
    private const int LockClass = 0x52534442;

    private const string Prefix = "__migrator_scratch_";
    private const string Marker = "Scratch database of a migration run, which drops it at its end";

    /// <summary>
    /// Locks belong to the real database, so that each one's scratch databases are told apart by its oid. Those of a database
    /// that a restore has replaced, whose oid it keeps, are left to the one that took its name.
    /// </summary>
    private const string FindLeft = """
        SELECT d.datname::text FROM pg_catalog.pg_database d
        JOIN pg_catalog.pg_database home ON d.datname ~ ('^' || $1 || home.oid || '_[0-9a-f]{32}$')
        CROSS JOIN LATERAL pg_catalog.shobj_description(d.oid, 'pg_database') AS comment
        WHERE (comment = $2 OR comment IS NULL AND NOT d.datallowconn)
            AND (home.datname = pg_catalog.current_database()
                OR pg_catalog.starts_with(home.datname::text, pg_catalog.current_database() || $3))
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.database = home.oid
                AND l.classid::int8 = $4 AND l.objid::int8::bit(32) = ('x' || right(d.datname, 8))::bit(32))
        """;

    private readonly NpgsqlConnection _owner;
    private readonly string _name;

    private ScratchDatabase(NpgsqlConnection owner, string name, NpgsqlConnection connection) =>
        (_owner, _name, Connection) = (owner, name, connection);

    public string Name => _name;

    /// <summary>An open connection to it.</summary>
    public NpgsqlConnection Connection { get; }

    /// <exception cref="NotSupportedException">The role must not create databases.</exception>
    public static Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        Action<NpgsqlDataSourceBuilder> configure,
        CancellationToken cancellationToken
    ) => CreateAsync(source, configure, definition: null, cancellationToken);

    /// <param name="source">How to connect to the real database.</param>
    /// <param name="definition">What CREATE DATABASE says after its name, for a database that may be kept.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="NotSupportedException">The role must not create databases.</exception>
    public static Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        string definition,
        CancellationToken cancellationToken
    ) => CreateAsync(source, _ => { }, definition, cancellationToken);

    /// <param name="source">How to connect to the real database.</param>
    /// <param name="configure">Maps the types of an application's migrations.</param>
    /// <param name="definition">What CREATE DATABASE says after its name; <see langword="null"/> for the server's defaults.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="NotSupportedException">The role must not create databases.</exception>
    public static async Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        Action<NpgsqlDataSourceBuilder> configure,
        string? definition,
        CancellationToken cancellationToken
    )
    {
        var owner = await ConnectAsync(source, cancellationToken).ConfigureAwait(false);
        try
        {
            // Nothing of it has to outlive the server.
            await owner.ExecuteAsync("SET synchronous_commit = local", cancellationToken).ConfigureAwait(false);
            var home = await owner
                .ScalarAsync<string>(
                    "SELECT oid::text FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()",
                    cancellationToken
                )
                .ConfigureAwait(false);
            await DropLeftAsync(owner, cancellationToken).ConfigureAwait(false);
            return await CreateAsync(
                    source,
                    owner,
                    $"{Prefix}{home}_{Guid.NewGuid():N}",
                    configure,
                    definition,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await owner.DisposeAsync().ConfigureAwait(false);
            throw new NotSupportedException(
                $"the role may not create a scratch database for it ({refused.MessageText}); grant it CREATEDB",
                refused
            );
        }
        catch
        {
            await owner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects to the real database; if that does not exist, to one that every server has.</summary>
    private static async Task<NpgsqlConnection> ConnectAsync(
        ConnectionSource source,
        CancellationToken cancellationToken
    )
    {
        var connection = source.CreateReader();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            connection = source.CreateFor("postgres");
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        return connection;
    }

    /// <summary>Makes a schema the one in which unqualified names are created.</summary>
    public async Task SetTargetAsync(string schema, CancellationToken cancellationToken)
    {
        var quoted = PostgreSqlText.Quote(schema);
        await Connection
            .ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {quoted}; SET search_path TO {quoted}", cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Closes its connections, for one who gives it another name or drops it.</summary>
    public async Task DetachAsync()
    {
        await Connection.DisposeAsync().ConfigureAwait(false);
        await _owner.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await using (_owner.ConfigureAwait(false))
        {
            await Connection.DisposeAsync().ConfigureAwait(false);
            await TryDropAsync(_owner, _name).ConfigureAwait(false);
        }
    }

    private static async Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        NpgsqlConnection owner,
        string name,
        Action<NpgsqlDataSourceBuilder> configure,
        string? definition,
        CancellationToken cancellationToken
    )
    {
        // Before it exists: a start that finds the database must not take it for one that was left.
        if (!await TryLockAsync(owner, name, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException($"Another session holds the lock of the new database '{name}'.");
        }
        try
        {
            await CreateAsync(owner, PostgreSqlText.Quote(name), definition, cancellationToken).ConfigureAwait(false);
            var connection = source.CreateFor(name, configure);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            // Nobody else has locks in it. On what all databases share, the run itself may: it would wait for its own end.
            await connection.ExecuteAsync("SET lock_timeout = '1s'", cancellationToken).ConfigureAwait(false);
            return new ScratchDatabase(owner, name, connection);
        }
        catch
        {
            await TryDropAsync(owner, name).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Nobody can connect to it before its comment says what it is.</summary>
    private static async Task CreateAsync(
        NpgsqlConnection owner,
        string quoted,
        string? definition,
        CancellationToken cancellationToken
    )
    {
        string[] statements =
        [
            $"CREATE DATABASE {quoted} {definition} ALLOW_CONNECTIONS false",
            $"COMMENT ON DATABASE {quoted} IS {PostgreSqlText.Literal(Marker)}",
            // Not of one that may be kept.
            .. definition is null ? [$"ALTER DATABASE {quoted} SET synchronous_commit = local"] : Array.Empty<string>(),
            $"ALTER DATABASE {quoted} ALLOW_CONNECTIONS true",
        ];
        foreach (var statement in statements)
        {
            await owner.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DropLeftAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        var left = await owner
            .QueryAsync(FindLeft, row => row.GetString(0), cancellationToken, Prefix, Marker, Replaced, (long)LockClass)
            .ConfigureAwait(false);
        foreach (var name in left)
        {
            if (await TryLockAsync(owner, name, cancellationToken).ConfigureAwait(false))
            {
                await DropAsync(owner, name, cancellationToken).ConfigureAwait(false);
                await owner
                    .ExecuteAsync(
                        "SELECT pg_catalog.pg_advisory_unlock($1, $2)",
                        cancellationToken,
                        LockClass,
                        LockObject(name)
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private static Task<bool> TryLockAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken) =>
        owner.ScalarAsync<bool>(
            "SELECT pg_catalog.pg_try_advisory_lock($1, $2)",
            cancellationToken,
            LockClass,
            LockObject(name)
        );

    /// <summary>The last eight digits of the name.</summary>
    private static int LockObject(string name) =>
        int.Parse(name.AsSpan(name.Length - 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>What is left is dropped by the next start; what failed is told by the caller.</summary>
    private static async Task TryDropAsync(NpgsqlConnection owner, string name)
    {
        try
        {
            await DropAsync(owner, name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException) { }
    }

    private static Task DropAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken) =>
        owner.ExecuteAsync($"DROP DATABASE IF EXISTS {PostgreSqlText.Quote(name)} WITH (FORCE)", cancellationToken);
}
