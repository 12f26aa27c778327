using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class PgBouncerTests
{
    [Test]
    public async Task In_transaction_mode_two_clients_share_one_connection_of_the_server()
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Server, PoolMode.Transaction, poolSize: 1);
        await using var first = await Sql.OpenAsync(pooler.Through(database.ConnectionString));
        await using var second = await Sql.OpenAsync(pooler.Through(database.ConnectionString));
        const string Backend = "SELECT pg_backend_pid()";
        Assert.That(
            await Sql.ScalarAsync<int>(first, Backend),
            Is.EqualTo(await Sql.ScalarAsync<int>(second, Backend))
        );
        // And the lock of a session protects nothing.
        const string TakeLock = "SELECT pg_try_advisory_lock(1)";
        Assert.That(await Sql.ScalarAsync<bool>(first, TakeLock), Is.True);
        Assert.That(await Sql.ScalarAsync<bool>(second, TakeLock), Is.True);
    }

    [Test]
    public async Task In_session_mode_each_client_has_its_connection()
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Server, PoolMode.Session);
        await using var first = await Sql.OpenAsync(pooler.Through(database.ConnectionString));
        await using var second = await Sql.OpenAsync(pooler.Through(database.ConnectionString));
        const string TakeLock = "SELECT pg_try_advisory_lock(1)";
        Assert.That(await Sql.ScalarAsync<bool>(first, TakeLock), Is.True);
        Assert.That(await Sql.ScalarAsync<bool>(second, TakeLock), Is.False);
    }

    [Test]
    public async Task It_checks_passwords_and_ends_with_its_port()
    {
        await using var database = await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync();
        string connectionString;
        await using (var pooler = await PgBouncer.StartAsync(database.Server, PoolMode.Transaction))
        {
            connectionString = pooler.Through(database.ConnectionString);
            var wrong = pooler.Through(database.ConnectionStringFor(database.Owner with { Password = "wrong" }));
            Assert.That(
                async () => await Sql.ScalarAsync<int>(wrong, "SELECT 1"),
                Throws.TypeOf<PostgresException>().With.Message.Contain("SASL authentication failed")
            );
            Assert.That(await Sql.ScalarAsync<int>(connectionString, "SELECT 1"), Is.EqualTo(1));
        }
        Assert.That(
            async () => await Sql.ScalarAsync<int>(connectionString, "SELECT 1"),
            Throws.InstanceOf<NpgsqlException>().And.Not.TypeOf<PostgresException>()
        );
    }
}
