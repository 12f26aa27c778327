using System.Data;
using System.Diagnostics;
using Npgsql;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// Clients that run a statement again and again, each on a thread and a connection of its own, and record the longest
/// wait for one: what a migration costs others.
/// </summary>
public sealed class Clients : IAsyncDisposable
{
    private readonly string _statement;
    private readonly bool _connectsAgain;
    private readonly Lock _access = new();
    private readonly List<Exception> _failures = [];
    private readonly List<Task> _clients = [];
    private volatile bool _ends;
    private int _statements;
    private TimeSpan _longest;
    private TimeSpan _longestGap;

    private Clients(string statement, bool connectsAgain) => (_statement, _connectsAgain) = (statement, connectsAgain);

    /// <summary>How many statements have ended.</summary>
    public int Statements => Volatile.Read(ref _statements);

    /// <summary>Whether each has ended, because a statement failed or the clients were ended.</summary>
    public bool HaveEnded => _clients.All(client => client.IsCompleted);

    /// <summary>Starts them, after each has run the statement once, which does not count.</summary>
    /// <param name="connectionString">Their connection string.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="connectsAgain">True for clients that connect again after a failure, as an application does.</param>
    public static async Task<Clients> StartAsync(
        string connectionString,
        int count,
        string statement,
        bool connectsAgain = false
    )
    {
        var clients = new Clients(statement, connectsAgain);
        for (var i = 0; i < count; i++)
        {
            var connection = await Sql.OpenAsync(connectionString);
            await Sql.ExecuteAsync(connection, statement);
            // A thread: a busy thread pool must not count as a wait for the server.
            clients._clients.Add(
                Task.Factory.StartNew(
                    () => clients.Run(connection),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            );
        }
        return clients;
    }

    /// <summary>Waits until they have run a number of statements more.</summary>
    public Task RunAsync(int statements)
    {
        var until = Statements + statements;
        return Condition.HoldsAsync($"the clients run {statements} statements", () => Statements >= until);
    }

    /// <summary>Lets each finish its statement, and reports.</summary>
    public async Task<ClientReport> EndAsync()
    {
        _ends = true;
        await Task.WhenAll(_clients);
        return new ClientReport(_statements, _longest, _longestGap, _failures);
    }

    public async ValueTask DisposeAsync() => _ = await EndAsync();

    private void Run(NpgsqlConnection connection)
    {
        using (connection)
        {
            using var command = new NpgsqlCommand(_statement, connection) { CommandTimeout = 0 };
            var success = Stopwatch.GetTimestamp();
            while (!_ends)
            {
                var begin = Stopwatch.GetTimestamp();
                var failure = Try(command);
                Note(Stopwatch.GetElapsedTime(begin), Stopwatch.GetElapsedTime(success), failure);
                success = failure is null ? Stopwatch.GetTimestamp() : success;
                if (failure is not null && !_connectsAgain)
                {
                    return;
                }
            }
        }
    }

    private static NpgsqlException? Try(NpgsqlCommand command)
    {
        try
        {
            if (command.Connection!.State != ConnectionState.Open)
            {
                command.Connection.Close();
                command.Connection.Open();
            }
            _ = command.ExecuteNonQuery();
            return null;
        }
        catch (NpgsqlException failure)
        {
            return failure;
        }
    }

    private void Note(TimeSpan wait, TimeSpan gap, NpgsqlException? failure)
    {
        lock (_access)
        {
            _statements++;
            _longestGap = gap > _longestGap ? gap : _longestGap;
            _longest = wait > _longest ? wait : _longest;
            if (failure is not null)
            {
                _failures.Add(failure);
            }
        }
    }
}
