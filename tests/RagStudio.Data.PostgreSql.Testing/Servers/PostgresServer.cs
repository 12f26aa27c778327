using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// A PostgreSQL cluster of its own on 127.0.0.1, with a data folder that ends with it. It dies with this process, in
/// whatever way that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Superuser = "postgres";

    private const int Starts = 5;

    private readonly PostgresBinaries _binaries;
    private readonly GuardedFolder _folder;
    private readonly string _password;

    private PostgresServer(PostgresBinaries binaries, GuardedFolder folder, string password)
    {
        _binaries = binaries;
        _folder = folder;
        _password = password;
    }

    public int Port { get; private set; }

    public string DataFolder => _folder.Combine("data");

    /// <summary>The server's log.</summary>
    public string LogFile => _folder.Combine("log");

    /// <summary>The superuser's, to the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionStringFor("postgres", Superuser, _password);

    /// <summary>Whether it has been started, and neither stopped nor killed since.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>The process of the postmaster.</summary>
    public int ProcessId => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private string PidFile => Path.Combine(DataFolder, "postmaster.pid");

    /// <summary>Starts a new cluster; a test is skipped where there is no PostgreSQL.</summary>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions? options = null)
    {
        var given = options ?? new();
        var binaries = PostgresBinaries.Require();
        if (!given.HasOwnIdentity)
        {
            return await StartAsync(binaries, await ServersOfTheRun.TemplateAsync(), given);
        }
        await using var template = await ClusterTemplate.CreateAsync(binaries);
        return await StartAsync(binaries, template, given);
    }

    /// <summary>Starts a cluster from a data folder that a function writes; its settings get a new port.</summary>
    internal static Task<PostgresServer> StartFromAsync(
        PostgresBinaries binaries,
        string password,
        Func<string, Task> writeDataFolder
    ) =>
        GuardedFolder.CreateAsync(async folder =>
        {
            var server = new PostgresServer(binaries, folder, password);
            await writeDataFolder(server.DataFolder);
            await server.StartOnNewPortAsync();
            return server;
        });

    /// <summary>A cluster like this with another data folder.</summary>
    internal Task<PostgresServer> StartAnotherAsync(Func<string, Task> writeDataFolder) =>
        StartFromAsync(_binaries, _password, writeDataFolder);

    public string ConnectionStringFor(string database, string role, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            Username = role,
            Password = password,
            // A machine that is busy with other tests, or flushes what a new database has written, may take longer than the
            // driver's quarter of a minute to accept a connection.
            Timeout = 60,
        }.ConnectionString;

    /// <summary>The superuser's, to another database.</summary>
    public string ConnectionStringFor(string database) => ConnectionStringFor(database, Superuser, _password);

    /// <summary>Creates a database and a plain role that owns it.</summary>
    public Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(this);

    /// <summary>Runs SQL as the superuser.</summary>
    public Task ExecuteAsync(string sql, string database = "postgres") =>
        Sql.ExecuteAsync(ConnectionStringFor(database), sql);

    /// <summary>Asks for one value as the superuser.</summary>
    public Task<T> ScalarAsync<T>(string sql, string database = "postgres") =>
        Sql.ScalarAsync<T>(ConnectionStringFor(database), sql);

    /// <summary>Starts it again on the same port, after it was stopped or killed.</summary>
    public async Task StartAgainAsync()
    {
        if (!IsRunning)
        {
            // A killed server leaves them. The process that they name may still be a zombie, which a start takes for a server.
            File.Delete(PidFile);
            File.Delete(_folder.Combine($".s.PGSQL.{Port}.lock"));
        }
        try
        {
            await ControlAsync("start", "-l", LogFile);
            IsRunning = true;
        }
        catch (InvalidOperationException failure)
        {
            var log = File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(20)) : "";
            throw new InvalidOperationException($"The server does not start: {failure.Message}\n{log}", failure);
        }
    }

    /// <summary>Stops it in order: its connections are ended, all is written.</summary>
    public Task StopAsync() => StopAsync("fast");

    /// <summary>Stops it as a crash does, but for the shared memory, and starts it again.</summary>
    public async Task RestartImmediatelyAsync()
    {
        await StopAsync("immediate");
        await StartAgainAsync();
    }

    /// <summary>
    /// Kills the postmaster with SIGKILL, and waits until the other processes have noticed it and are gone.
    /// </summary>
    public async Task KillPostmasterAsync()
    {
        HasEnded();
        var postmaster = ProcessId;
        // Suspended, it starts no process after its children have been listed.
        await Signals.StopAsync(postmaster);
        var children = await Signals.ChildrenAsync(postmaster);
        await Signals.KillAsync(postmaster);
        await Signals.EndAsync([.. children]);
    }

    /// <summary>Kills all processes of the server with SIGKILL, and waits until they are gone.</summary>
    public async Task KillAsync()
    {
        HasEnded();
        var postmaster = ProcessId;
        await Signals.StopAsync(postmaster);
        await Signals.KillAsync([postmaster, .. await Signals.ChildrenAsync(postmaster)]);
    }

    /// <summary>
    /// Kills the process of a connection with SIGKILL. The server then ends all other connections and recovers; waits
    /// until it answers again.
    /// </summary>
    public async Task KillBackendAsync(int process)
    {
        var children = await Signals.ChildrenAsync(ProcessId);
        if (!children.Contains(process))
        {
            throw new ArgumentException($"{process} is no process of this server.", nameof(process));
        }
        ForgetConnections();
        await Signals.KillAsync(process);
        await AnswersAsync();
    }

    /// <summary>Waits until the server takes connections and answers.</summary>
    public Task AnswersAsync() =>
        Condition.HoldsAsync(
            "the server answers",
            async () =>
            {
                try
                {
                    return await ScalarAsync<int>("SELECT 1") == 1;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            }
        );

    /// <summary>Ends the server at once and removes its data.</summary>
    public ValueTask DisposeAsync()
    {
        HasEnded();
        return _folder.DisposeAsync();
    }

    internal Task ControlAsync(string verb, params string[] arguments)
    {
        var start = _binaries.Start("pg_ctl", [verb, "-D", DataFolder, "-s", "-w", "-t", "60", .. arguments]);
        start.WorkingDirectory = _folder.Path;
        return Command.RunAsync(start);
    }

    /// <summary>Opens a connection that is shared by what prepares tests: signing in costs more than the work.</summary>
    internal Task<NpgsqlConnection> OpenPooledAsync() => Sql.OpenPooledAsync(ConnectionString);

    private void HasEnded()
    {
        IsRunning = false;
        ForgetConnections();
    }

    private void ForgetConnections() => NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));

    private Task StopAsync(string mode)
    {
        HasEnded();
        return ControlAsync("stop", "-m", mode);
    }

    private static Task<PostgresServer> StartAsync(
        PostgresBinaries binaries,
        ClusterTemplate template,
        PostgresServerOptions options
    ) =>
        StartFromAsync(
            binaries,
            template.Password,
            async data =>
            {
                await template.CopyToAsync(data);
                await ConfigureAsync(data, SettingsOf(options));
            }
        );

    private static IEnumerable<KeyValuePair<string, string>> SettingsOf(PostgresServerOptions options) =>
        [
            new("listen_addresses", "127.0.0.1"),
            new("fsync", options.FlushesToDisk ? "on" : "off"),
            new("max_connections", $"{options.MaxConnections}"),
            new("max_prepared_transactions", $"{options.MaxPreparedTransactions}"),
            // A replica that was suspended for a while still finds what it lacks.
            new("wal_keep_size", "512MB"),
            // Files in the data folder: what a killed server leaves goes with the folder.
            new("dynamic_shared_memory_type", OperatingSystem.IsWindows() ? "windows" : "mmap"),
            .. options.Settings,
        ];

    /// <summary>Appends settings to a data folder's; the last of a name counts.</summary>
    internal static Task ConfigureAsync(string dataFolder, IEnumerable<KeyValuePair<string, string>> settings) =>
        File.AppendAllLinesAsync(
            Path.Combine(dataFolder, "postgresql.conf"),
            settings.Select(setting =>
                $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'"
            )
        );

    private async Task StartOnNewPortAsync()
    {
        for (var start = 1; ; start++)
        {
            Port = ServerPort.Choose();
            await ConfigureAsync(
                DataFolder,
                [
                    new("port", Port.ToString(CultureInfo.InvariantCulture)),
                    new("unix_socket_directories", OperatingSystem.IsWindows() ? "" : _folder.Path),
                ]
            );
            try
            {
                await StartAgainAsync();
                return;
            }
            catch (InvalidOperationException) when (start < Starts && !ServerPort.IsFree(Port))
            {
                // Somebody else took the port meanwhile.
            }
        }
    }

    internal static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
