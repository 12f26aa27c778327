using System.Security.Cryptography;
using Npgsql;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A database for one test, owned by a plain role; both are dropped afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly List<TestRole> _roles;
    private bool _isDropped;

    private TestDatabase(PostgresServer server, string name, TestRole owner, List<TestRole> roles)
    {
        Server = server;
        Name = name;
        Owner = owner;
        _roles = roles;
    }

    public PostgresServer Server { get; }

    public string Name { get; }

    /// <summary>May do everything in this database, and nothing elsewhere.</summary>
    public TestRole Owner { get; }

    /// <summary>The owner's.</summary>
    public string ConnectionString => ConnectionStringFor(Owner);

    public string SuperuserConnectionString => Server.ConnectionStringFor(Name);

    public string ConnectionStringFor(TestRole role) => Server.ConnectionStringFor(Name, role.Name, role.Password);

    /// <summary>Creates another plain role, which is dropped with the database.</summary>
    public async Task<TestRole> CreateRoleAsync()
    {
        await using var connection = await Server.OpenPooledAsync();
        var role = await TestRole.CreateAsync(connection);
        _roles.Add(role);
        return role;
    }

    /// <summary>
    /// Creates a database with the same content and the same owner, to be dropped before this one. Nobody may be connected
    /// to this one.
    /// </summary>
    public async Task<TestDatabase> CopyAsync()
    {
        await using var connection = await Server.OpenPooledAsync();
        return new TestDatabase(Server, await CreateAsync(connection, Owner, Name), Owner, []);
    }

    /// <summary>Runs SQL as the owner.</summary>
    public Task ExecuteAsync(string sql) => Sql.ExecuteAsync(ConnectionString, sql);

    /// <summary>Asks for one value as the owner.</summary>
    public Task<T> ScalarAsync<T>(string sql) => Sql.ScalarAsync<T>(ConnectionString, sql);

    internal static string NewName() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    internal static async Task<TestDatabase> CreateAsync(PostgresServer server)
    {
        await using var connection = await server.OpenPooledAsync();
        var owner = await TestRole.CreateAsync(connection);
        return new TestDatabase(server, await CreateAsync(connection, owner, "template1"), owner, [owner]);
    }

    private static async Task<string> CreateAsync(NpgsqlConnection connection, TestRole owner, string template)
    {
        var name = $"d_{NewName()}";
        // Copies the files of the template; before PostgreSQL 15 there was no other way, and no name for it.
        var strategy = connection.PostgreSqlVersion.Major < 15 ? "" : " STRATEGY file_copy";
        await Sql.ExecuteAsync(connection, $"CREATE DATABASE {name} OWNER {owner.Name} TEMPLATE {template}{strategy}");
        return name;
    }

    /// <summary>Drops it with its connections and prepared transactions, if its server still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        NpgsqlConnection.ClearPool(new NpgsqlConnection(SuperuserConnectionString));
        if (!Server.IsRunning || _isDropped)
        {
            return;
        }
        _isDropped = true;
        await using var connection = await Server.OpenPooledAsync();
        await RollBackPreparedAsync(connection);
        await Sql.ExecuteAsync(connection, $"DROP DATABASE {Name} WITH (FORCE)");
        foreach (var role in _roles)
        {
            await Sql.ExecuteAsync(connection, $"DROP ROLE {role.Name}");
        }
    }

    // They outlive their connections, and hold the database.
    private async Task RollBackPreparedAsync(NpgsqlConnection connection)
    {
        var prepared = await Sql.ScalarAsync<string[]>(
            connection,
            $"SELECT coalesce(array_agg(format('ROLLBACK PREPARED %L', gid)), '{{}}') FROM pg_prepared_xacts WHERE database = '{Name}'"
        );
        foreach (var rollBack in prepared)
        {
            await Sql.ExecuteAsync(SuperuserConnectionString, rollBack);
        }
    }
}
