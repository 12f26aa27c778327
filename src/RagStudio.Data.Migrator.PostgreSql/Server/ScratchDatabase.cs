using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// An empty database beside the real one, dropped at the end. One that a killed process has left is dropped by the next:
/// its comment says whose it is, and the lock that its owner held is free.
/// </summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    /// <summary>The class of the advisory locks that owners of scratch databases hold; the object is the database's oid.</summary>
    private const int LockClass = 0x52534442;

    private const string FindLeft = """
        SELECT oid::int8, datname FROM pg_catalog.pg_database
        WHERE datname LIKE '\_\_migrator\_scratch\_%' AND pg_catalog.shobj_description(oid, 'pg_database') = $1
        """;

    private readonly NpgsqlConnection _owner;
    private readonly string _name;

    private ScratchDatabase(NpgsqlConnection owner, string name, NpgsqlConnection connection) =>
        (_owner, _name, Connection) = (owner, name, connection);

    public string Name => _name;

    /// <summary>An open connection to it.</summary>
    public NpgsqlConnection Connection { get; }

    /// <exception cref="NotSupportedException">The role must not create databases.</exception>
    public static Task<ScratchDatabase> CreateAsync(ConnectionSource source, CancellationToken cancellationToken) =>
        CreateAsync(source, definition: "", cancellationToken);

    /// <param name="source">How to connect to the real database.</param>
    /// <param name="definition">What CREATE DATABASE says after its name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="NotSupportedException">The role must not create databases.</exception>
    public static async Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        string definition,
        CancellationToken cancellationToken
    )
    {
        var owner = await ConnectAsync(source, cancellationToken).ConfigureAwait(false);
        try
        {
            var marker = $"Scratch database of a migration run over {source.Address.Database}";
            await DropLeftAsync(owner, marker, cancellationToken).ConfigureAwait(false);
            return await CreateAsync(source, owner, marker, definition, cancellationToken).ConfigureAwait(false);
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
            await DropAsync(_owner, _name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<ScratchDatabase> CreateAsync(
        ConnectionSource source,
        NpgsqlConnection owner,
        string marker,
        string definition,
        CancellationToken cancellationToken
    )
    {
        var name = $"__migrator_scratch_{Guid.NewGuid():N}";
        var quoted = PostgreSqlText.Quote(name);
        await owner.ExecuteAsync($"CREATE DATABASE {quoted} {definition}", cancellationToken).ConfigureAwait(false);
        try
        {
            // Nobody else knows the database before its comment.
            if (
                !await owner
                    .ScalarAsync<bool>(
                        "SELECT pg_catalog.pg_try_advisory_lock($1, oid::int4) FROM pg_catalog.pg_database WHERE datname = $2",
                        CancellationToken.None,
                        LockClass,
                        name
                    )
                    .ConfigureAwait(false)
            )
            {
                throw new InvalidOperationException($"Another session holds the lock of the new database '{name}'.");
            }
            await owner
                .ExecuteAsync(
                    $"COMMENT ON DATABASE {quoted} IS {PostgreSqlText.Literal(marker)}",
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            var connection = source.CreateFor(name);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return new ScratchDatabase(owner, name, connection);
        }
        catch
        {
            await DropAsync(owner, name, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task DropLeftAsync(NpgsqlConnection owner, string marker, CancellationToken cancellationToken)
    {
        var left = await owner
            .QueryAsync(FindLeft, row => (Oid: row.GetInt64(0), Name: row.GetString(1)), cancellationToken, marker)
            .ConfigureAwait(false);
        foreach (var (oid, name) in left)
        {
            var key = unchecked((int)(uint)oid);
            if (
                await owner
                    .ScalarAsync<bool>(
                        "SELECT pg_catalog.pg_try_advisory_lock($1, $2)",
                        cancellationToken,
                        LockClass,
                        key
                    )
                    .ConfigureAwait(false)
            )
            {
                await DropAsync(owner, name, cancellationToken).ConfigureAwait(false);
                await owner
                    .ExecuteAsync("SELECT pg_catalog.pg_advisory_unlock($1, $2)", cancellationToken, LockClass, key)
                    .ConfigureAwait(false);
            }
        }
    }

    private static Task DropAsync(NpgsqlConnection owner, string name, CancellationToken cancellationToken) =>
        owner.ExecuteAsync($"DROP DATABASE IF EXISTS {PostgreSqlText.Quote(name)} WITH (FORCE)", cancellationToken);
}
