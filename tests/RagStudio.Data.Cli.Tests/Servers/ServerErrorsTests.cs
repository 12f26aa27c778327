using Npgsql;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Servers and roles that cannot be used: a sentence with what to do, an exit code and no secret.</summary>
[TestFixture]
internal sealed class ServerErrorsTests : ServerTest
{
    private const string Secret = "s3cret";

    private static readonly string[][] Verbs =
    [
        ["status"],
        ["plan"],
        ["migrate"],
        ["migrate", "--dry-run"],
        ["rollback", "0", "--yes"],
        ["validate"],
        ["history"],
        ["recover"],
        ["report", "--html", "report.html", "--yes"],
    ];

    [Test]
    public Task A_wrong_password() =>
        FailsAsync(With(builder => builder.Password = Secret), "password authentication failed", "Check Username");

    [Test]
    public Task An_unknown_host() =>
        FailsAsync(With(builder => builder.Host = "db.invalid"), "the host 'db.invalid' is unknown", "Check Host");

    [Test]
    public Task A_refused_connection() =>
        FailsAsync(With(builder => builder.Port = 1), "no server answers at 127.0.0.1:1", "Start the server");

    [Test]
    public async Task A_database_that_does_not_exist()
    {
        var missing = With(builder => builder.Database = "no_such_database");
        var status = await RunOnAsync(missing, "status", "--check", "--context", Ledger);
        var migrate = await RunOnAsync(missing, "migrate", "--context", Ledger);
        var validate = await RunOnAsync(missing, "validate", "--context", Ledger);
        Assert.Multiple(() =>
        {
            Assert.That(status.Code, Is.EqualTo(ExitCode.Pending), status.Error);
            Assert.That(status.Out, Does.Contain("Create it on the server").And.Not.Contain("would create it"));
            Assert.That(migrate.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(migrate.Error, Does.Contain("does not exist").And.Contain("createdb no_such_database"));
            Assert.That(validate.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(validate.Error, Does.Contain("no_such_database'"));
        });
    }

    [Test]
    public async Task A_role_that_may_not_connect()
    {
        await Database.Server.ExecuteAsync($"REVOKE CONNECT ON DATABASE {Database.Name} FROM PUBLIC");
        var stranger = await Database.CreateRoleAsync();
        await FailsAsync(Database.ConnectionStringFor(stranger), "permission denied for database", "Grant the role");
    }

    [Test]
    public async Task A_role_that_may_not_create_in_the_schema()
    {
        var stranger = await Database.CreateRoleAsync();
        await FailsAsync(
            Database.ConnectionStringFor(stranger),
            ["migrate"],
            Shop,
            "permission denied",
            "Grant the role"
        );
    }

    [Test]
    public async Task A_role_that_may_not_read_the_history()
    {
        await MigrateAppAsync(Shop);
        var stranger = await Database.CreateRoleAsync();
        foreach (var verb in Verbs)
        {
            await FailsAsync(Database.ConnectionStringFor(stranger), verb, Shop, "permission denied", "Grant the role");
        }
    }

    [Test]
    public async Task A_role_that_does_not_own_a_table()
    {
        await ApplyTheFirstMigrationAsync();
        var stranger = await Database.CreateRoleAsync();
        await Database.ExecuteAsync($"GRANT ALL ON SCHEMA public TO {stranger.Name}");
        await Database.ExecuteAsync(
            $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {stranger.Name}"
        );
        await FailsAsync(Database.ConnectionStringFor(stranger), ["migrate"], Shop, "Grant the role");
        Assert.That(await Database.ScalarAsync<long>("SELECT count(*) FROM \"__EFMigrationsHistory\""), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_is_read_only()
    {
        await Database.Server.ExecuteAsync($"ALTER ROLE {Database.Owner.Name} SET default_transaction_read_only = on");
        await FailsAsync(Database.ConnectionString, ["migrate"], Shop, "read-only", "primary");
        var status = await RunAppAsync(Shop, "status");
        Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Error);
    }

    [Test]
    public Task A_search_path_that_leads_nowhere() =>
        FailsAsync(
            With(builder => builder.SearchPath = "nowhere"),
            ["migrate"],
            Shop,
            "no schema of the connection's search_path exists"
        );

    [Test]
    public async Task A_search_path_that_leads_elsewhere()
    {
        await MigrateAppAsync(Shop);
        await Database.ExecuteAsync("CREATE SCHEMA elsewhere");
        var elsewhere = With(builder => builder.SearchPath = "elsewhere");
        await FailsAsync(elsewhere, ["migrate"], Shop, "'elsewhere'", "Search Path=public");
        Assert.That(
            await Database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'elsewhere'"),
            Is.Zero
        );
    }

    [Test]
    public async Task A_history_that_a_context_with_a_naming_convention_keeps()
    {
        await MigrateAppAsync(Notes);
        await FailsAsync(Database.ConnectionString, ["status"], Shop, "MigrationId", "MigrationsHistoryTable");
    }

    [TestCase("Host=127.0.0.1;Port=s3cret")]
    [TestCase("Host=127.0.0.1;Passwort=s3cret")]
    [TestCase("Host=127.0.0.1;s3cret")]
    [TestCase("s3cret")]
    [TestCase("Password=s3cret")]
    public async Task A_connection_string_that_cannot_be_read(string connectionString)
    {
        var result = await RunOnAsync(connectionString, "status", "--context", Ledger);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Error, Does.Contain("must look like \"Host=SERVER"));
            Assert.That(result.Error, Does.Not.Contain(Secret));
        });
    }

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        change(builder);
        return builder.ConnectionString;
    }

    private async Task ApplyTheFirstMigrationAsync()
    {
        var result = await RunAppAsync(Shop, "migrate", "--to", "Create");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
    }

    private async Task FailsAsync(string connectionString, params string[] sentence)
    {
        foreach (var verb in Verbs)
        {
            await FailsAsync(connectionString, verb, Ledger, sentence);
        }
    }

    /// <summary>Developers see stack traces too, which must not tell more.</summary>
    private async Task FailsAsync(string connectionString, string[] verb, string context, params string[] sentence)
    {
        Set("RAGSTUDIO_DEBUG", "1");
        var result = await RunOnAsync(connectionString, [.. verb, "--context", context]);
        var line =
            result.Error.Split('\n').FirstOrDefault(one => one.StartsWith("error: ", StringComparison.Ordinal)) ?? "";
        var password = new NpgsqlConnectionStringBuilder(connectionString).Password!;
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Failed), $"{string.Join(' ', verb)}: {result.Error}");
            foreach (var part in sentence)
            {
                Assert.That(line, Does.Contain(part), string.Join(' ', verb));
            }
            Assert.That(line, Does.Not.Contain("Exception"));
            Assert.That(result.Out + result.Error, Does.Not.Contain(password).And.Not.Contain("Password="));
        });
    }
}
