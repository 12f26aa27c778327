using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class PostgresServerTests
{
    [Test]
    public async Task A_database_belongs_to_a_plain_role_and_is_gone_afterwards()
    {
        var server = await ServersOfTheRun.SharedAsync();
        string name;
        TestRole guest;
        await using (var database = await server.CreateDatabaseAsync())
        {
            name = database.Name;
            guest = await database.CreateRoleAsync();
            await database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (7)");
            await using var pooled = new NpgsqlConnection(database.ConnectionString);
            await pooled.OpenAsync();
            Assert.That(await Sql.ScalarAsync<int>(pooled, "SELECT id FROM t"), Is.EqualTo(7));
            Assert.That(
                await database.ScalarAsync<bool>(
                    "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
                ),
                Is.False
            );
            Assert.That(
                async () => await Sql.ScalarAsync<int>(database.ConnectionStringFor(guest), "SELECT id FROM t"),
                Throws
                    .TypeOf<PostgresException>()
                    .With.Property("SqlState")
                    .EqualTo(PostgresErrorCodes.InsufficientPrivilege)
            );
        }
        var left = await server.ScalarAsync<long>(
            $"SELECT (SELECT count(*) FROM pg_database WHERE datname = '{name}') + (SELECT count(*) FROM pg_roles WHERE rolname IN ('{guest.Name}'))"
        );
        Assert.That(left, Is.Zero);
    }

    [Test]
    public async Task A_database_is_dropped_with_its_open_and_its_prepared_transactions()
    {
        var server = await ServersOfTheRun.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var open = await Sql.OpenAsync(database.ConnectionString);
        await Sql.ExecuteAsync(open, "CREATE TABLE t (id int)");
        await Sql.ExecuteAsync(open, "BEGIN");
        await Sql.ExecuteAsync(open, "INSERT INTO t VALUES (1)");
        await Sql.ExecuteAsync(open, "PREPARE TRANSACTION 'it''s; one'");
        await Sql.ExecuteAsync(open, "BEGIN");
        await Sql.ExecuteAsync(open, "LOCK TABLE t IN ROW SHARE MODE");
        await database.DisposeAsync();
        Assert.That(
            await server.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{database.Name}'"),
            Is.Zero
        );
    }

    [Test]
    public async Task A_wrong_password_is_refused()
    {
        var server = await ServersOfTheRun.SharedAsync();
        var connectionString = server.ConnectionStringFor("postgres", PostgresServer.Superuser, "wrong");
        Assert.That(
            async () => await Sql.ScalarAsync<int>(connectionString, "SELECT 1"),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidPassword)
        );
    }

    [Test]
    public async Task The_server_has_the_version_of_the_programs_that_were_found()
    {
        var server = await ServersOfTheRun.SharedAsync();
        var programs = await Command.RunAsync(PostgresBinaries.Require().Start("postgres", "--version"));
        Assert.That(programs, Does.Contain($" {await SettingAsync(server, "server_version")}"));
    }

    [Test]
    public async Task The_shared_server_can_prepare_transactions_and_does_not_flush()
    {
        var server = await ServersOfTheRun.SharedAsync();
        Assert.That(await SettingAsync(server, "max_prepared_transactions"), Is.EqualTo("64"));
        Assert.That(await SettingAsync(server, "max_connections"), Is.EqualTo("200"));
        Assert.That(await SettingAsync(server, "fsync"), Is.EqualTo("off"));
    }

    [Test]
    public async Task Options_shape_a_cluster()
    {
        var shared = await ServersOfTheRun.SharedAsync();
        await using var server = await PostgresServer.StartAsync(
            new()
            {
                FlushesToDisk = true,
                MaxPreparedTransactions = 0,
                MaxConnections = 20,
                HasOwnIdentity = true,
                Settings = new Dictionary<string, string> { ["cluster_name"] = "it's this" },
            }
        );
        Assert.That(await SettingAsync(server, "fsync"), Is.EqualTo("on"));
        Assert.That(await SettingAsync(server, "max_prepared_transactions"), Is.EqualTo("0"));
        Assert.That(await SettingAsync(server, "max_connections"), Is.EqualTo("20"));
        Assert.That(await SettingAsync(server, "cluster_name"), Is.EqualTo("it's this"));
        const string Identity = "SELECT system_identifier FROM pg_control_system()";
        Assert.That(await server.ScalarAsync<long>(Identity), Is.Not.EqualTo(await shared.ScalarAsync<long>(Identity)));
    }

    private static Task<string> SettingAsync(PostgresServer server, string name) =>
        server.ScalarAsync<string>($"SELECT current_setting('{name}')");
}
