using System.Data;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>The connection of a run that holds the lock. One that is gone is replaced, perhaps by one to another server.</summary>
internal sealed class RunConnection(
    PostgreSqlStorage storage,
    NpgsqlConnection connection,
    RunIdentity run,
    ServerIdentity identity
)
{
    private int _processId = connection.ProcessID;
    private ServerIdentity _begunOn = identity;

    public NpgsqlConnection Current { get; set; } = connection;

    /// <summary>The server that answers.</summary>
    public ServerIdentity Server { get; private set; } = identity;

    public StandbyWait Standby { get; } = new();

    /// <summary>What a replica had not received when it took over is lost.</summary>
    public string? TakeOver =>
        _begunOn.Timeline == Server.Timeline
            ? null
            : $"Another server has taken over since the run began (timeline {_begunOn.Timeline}, now {Server.Timeline}): what was committed shortly before that may be lost, by this run and by others.";

    /// <summary>Begins with the server that answers now.</summary>
    public void Begin() => _begunOn = Server;

    /// <summary>Announces the session to others of this process.</summary>
    public void Announce() => OpenSessions.Add(Server, _processId, storage.Source);

    public void Withdraw() => OpenSessions.Remove(Server, _processId);

    /// <summary>True if the session is gone, which the driver says in several ways.</summary>
    public bool IsGone(Exception failure) => ServerErrors.EndsSession(failure) || Current.State != ConnectionState.Open;

    /// <summary>
    /// Replaces a connection that is gone. The lock tells that the server has ended the old session, so that its
    /// transaction is over one way or the other.
    /// </summary>
    public async Task ReconnectAsync()
    {
        Withdraw();
        await Current.DisposeAsync().ConfigureAwait(false);
        (Current, Server) = await SessionOpener
            .ReopenAsync(storage, run, Server, storage.CommitTimeout * 2)
            .ConfigureAwait(false);
        _processId = Current.ProcessID;
        Standby.Watch(Current);
        Announce();
    }
}
