using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Notices that the server has stopped waiting for a synchronous standby: what a session has committed is on the primary
/// alone (https://www.postgresql.org/docs/current/warm-standby.html#SYNCHRONOUS-REPLICATION).
/// </summary>
internal sealed class StandbyWait
{
    /// <summary>The warning's text is translated and its SQLSTATE is that of many; the function that sends it is its own.</summary>
    private const string Routine = "SyncRepWaitForLSN";

    public bool WasCancelled { get; private set; }

    public void Watch(NpgsqlConnection connection) =>
        connection.Notice += (_, told) => WasCancelled |= told.Notice.Routine == Routine;

    public void Forget() => WasCancelled = false;

    /// <summary>It is not known if a standby has it.</summary>
    public void Doubt() => WasCancelled = true;
}
