using System.Globalization;
using Npgsql;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A PgBouncer in front of a server, for all its databases and roles.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Missing =
        "No PgBouncer was found: install it (Debian and Ubuntu: apt-get install pgbouncer; macOS: brew install pgbouncer).";

    private readonly GuardedFolder _folder;

    private PgBouncer(GuardedFolder folder, int port)
    {
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it; a test is skipped where there is no PgBouncer.</summary>
    public static async Task<PgBouncer> StartAsync(PostgresServer server, PoolMode mode, int poolSize = 20)
    {
        var program = Command.Find("pgbouncer", "/usr/sbin", "/opt/homebrew/bin");
        if (program is null)
        {
            Requirement.IsMissing(Missing);
        }
        return await GuardedFolder.CreateAsync(async folder =>
        {
            var pooler = new PgBouncer(folder, ServerPort.Choose());
            await pooler.WriteSettingsAsync(server, mode, poolSize);
            await UnprivilegedUser.TakeOverAsync(folder.Path);
            _ = await Command.RunAsync(UnprivilegedUser.Start(program, "-q", "-d", folder.Combine("pgbouncer.ini")));
            await pooler.AnswersAsync(server);
            return pooler;
        });
    }

    /// <summary>The connection string of the same database, through the pooler.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = Port }.ConnectionString;

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    // It asks the server for the passwords of roles that it does not know, as the only role that it does.
    private async Task WriteSettingsAsync(PostgresServer server, PoolMode mode, int poolSize)
    {
        var superuser = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        await File.WriteAllTextAsync(
            _folder.Combine("users.txt"),
            $"\"{superuser.Username}\" \"{superuser.Password}\"\n"
        );
        await File.WriteAllTextAsync(
            _folder.Combine("pgbouncer.ini"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {Port}
                unix_socket_dir =
                logfile = {_folder.Combine("log")}
                pidfile = {_folder.Combine("pid")}
                auth_type = scram-sha-256
                auth_file = {_folder.Combine("users.txt")}
                auth_user = {superuser.Username}
                pool_mode = {(mode is PoolMode.Transaction ? "transaction" : "session")}
                default_pool_size = {poolSize}
                max_client_conn = 500

                """
            )
        );
    }

    private Task AnswersAsync(PostgresServer server) =>
        Condition.HoldsAsync(
            "PgBouncer answers",
            async () =>
            {
                try
                {
                    return await Sql.ScalarAsync<int>(Through(server.ConnectionString), "SELECT 1") == 1;
                }
                catch (PostgresException refused)
                {
                    throw new InvalidOperationException(await File.ReadAllTextAsync(_folder.Combine("log")), refused);
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            }
        );
}
