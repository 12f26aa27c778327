using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// Stands between a client and a server, and does what a network does: it cuts, delays, falls silent; at the statement
/// that a test picks. It understands no TLS.
/// </summary>
public sealed partial class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly Lock _access = new();
    private readonly List<Interruption> _interruptions = [];
    private readonly List<string> _statements = [];
    private readonly Dictionary<ProxiedConnection, Task> _connections = [];
    private readonly Task _accepting;
    private int _roundTrips;

    public CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public CuttingProxy(PostgresServer server)
        : this(server.Port) { }

    /// <value>How long each message of a client waits before it is forwarded; not at all.</value>
    public TimeSpan Delay { get; set; }

    /// <summary>How often a client has sent something after it got something, signing in included.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>The statements that have come, in their order.</summary>
    public IReadOnlyList<string> Statements
    {
        get
        {
            lock (_access)
            {
                return [.. _statements];
            }
        }
    }

    /// <summary>The connection string of the same database, through the proxy.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        }.ConnectionString;

    /// <summary>Interrupts the next statements that the predicate picks.</summary>
    public Interruption On(Predicate<string> statement, Fault fault, int times = 1)
    {
        var interruption = new Interruption(statement, fault, times);
        lock (_access)
        {
            _interruptions.Add(interruption);
        }
        return interruption;
    }

    /// <summary>Interrupts the next COMMIT; that of a prepared transaction is another statement.</summary>
    public Interruption OnCommit(Fault fault, int times = 1) => On(IsCommit, fault, times);

    public static bool IsCommit(string statement) => Commit().IsMatch(statement);

    /// <summary>Waits until a statement has come, if it has not already.</summary>
    public Task WaitForAsync(Predicate<string> statement) =>
        Condition.HoldsAsync("the statement comes", () => Statements.Any(text => statement(text)));

    /// <summary>Cuts all connections, and forgets the faults, the statements and the round trips.</summary>
    public async Task ResetAsync()
    {
        Task[] ending;
        lock (_access)
        {
            _interruptions.ForEach(interruption => interruption.Release());
            _interruptions.Clear();
            foreach (var connection in _connections.Keys)
            {
                connection.Cut();
            }
            ending = [.. _connections.Values];
        }
        await Task.WhenAll(ending);
        lock (_access)
        {
            _statements.Clear();
            _roundTrips = 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        await ResetAsync();
    }

    internal void CountRoundTrip() => Interlocked.Increment(ref _roundTrips);

    /// <summary>Notes a statement; returns what interrupts it.</summary>
    internal Interruption? Note(string statement)
    {
        lock (_access)
        {
            _statements.Add(statement);
            return _interruptions.Find(interruption => interruption.Takes(statement));
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // The listener was stopped.
                return;
            }
            lock (_access)
            {
                var connection = new ProxiedConnection(this, client);
                _connections[connection] = RunAsync(connection);
            }
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        await Task.Yield();
        await connection.RunAsync(_serverPort);
        lock (_access)
        {
            _ = _connections.Remove(connection);
            connection.Dispose();
        }
    }

    [GeneratedRegex(
        @"^\s*(COMMIT|END)(\s+(WORK|TRANSACTION))?(\s+AND\s+(NO\s+)?CHAIN)?\s*;?\s*$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Commit();
}
