using System.Globalization;
using Npgsql;
using NUnit.Framework;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// A streaming replica of a server. It is made by the server's own functions for backups, as <c>pg_basebackup</c> does
/// it, because not every package of a server has that program.
/// </summary>
public sealed class Replica : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly PostgresServer _primary;
    private readonly string _name;
    private int? _suspended;

    private Replica(PostgresServer primary, PostgresServer server, string name)
    {
        _primary = primary;
        Server = server;
        _name = name;
    }

    /// <summary>The replica as a server: it only reads until it is promoted.</summary>
    public PostgresServer Server { get; }

    /// <summary>Makes a replica of a running server that no other test shares, and waits until it follows.</summary>
    public static async Task<Replica> StartAsync(PostgresServer primary)
    {
        var name = $"replica_{TestDatabase.NewName()}";
        var server = await primary.StartAnotherAsync(data => BackUpAsync(primary, name, data));
        return new Replica(primary, server, name);
    }

    /// <summary>From now on a COMMIT on the primary waits until the replica has it.</summary>
    public async Task MakeSynchronousAsync()
    {
        await _primary.ExecuteAsync($"ALTER SYSTEM SET synchronous_standby_names = '{_name}'");
        await _primary.ExecuteAsync("SELECT pg_reload_conf()");
        await Condition.HoldsAsync(
            "the replica is synchronous",
            () =>
                _primary.ScalarAsync<bool>(
                    $"SELECT EXISTS (SELECT FROM pg_stat_replication WHERE application_name = '{_name}' AND sync_state = 'sync')"
                )
        );
    }

    /// <summary>Waits until the replica shows what the primary has committed until now.</summary>
    public async Task CatchUpAsync()
    {
        var position = await _primary.ScalarAsync<string>("SELECT pg_current_wal_flush_lsn()::text");
        await Condition.HoldsAsync(
            $"the replica reaches {position}",
            () => Server.ScalarAsync<bool>($"SELECT coalesce(pg_last_wal_replay_lsn() >= '{position}', false)")
        );
    }

    /// <summary>Suspends the process that receives from the primary, as an unreachable network does.</summary>
    public async Task SuspendReceiverAsync()
    {
        const string Receiver = "SELECT coalesce((SELECT pid FROM pg_stat_wal_receiver WHERE status = 'streaming'), 0)";
        await Condition.HoldsAsync("the replica streams", async () => await Server.ScalarAsync<int>(Receiver) != 0);
        _suspended = await Server.ScalarAsync<int>(Receiver);
        await Signals.StopAsync(_suspended.Value);
    }

    /// <summary>Lets the receiver go on.</summary>
    public async Task ResumeReceiverAsync()
    {
        if (_suspended is { } receiver)
        {
            await Signals.ContinueAsync(receiver);
            _suspended = null;
        }
    }

    /// <summary>
    /// Makes the replica a primary and waits until it is one. What a suspended receiver has not received is lost.
    /// </summary>
    public async Task PromoteAsync()
    {
        if (_suspended is null)
        {
            await Server.ControlAsync("promote");
            return;
        }
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Only Linux tells which signals wait for a suspended process.");
        }
        await Server.ControlAsync("promote", "-W");
        // Else it would first receive what the system has for it.
        await Condition.HoldsAsync("the receiver is to end", () => Waits(Terminate, _suspended.Value));
        await ResumeReceiverAsync();
        await Condition.HoldsAsync(
            "the replica is a primary",
            () => Server.ScalarAsync<bool>("SELECT NOT pg_is_in_recovery()")
        );
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static async Task BackUpAsync(PostgresServer primary, string name, string data)
    {
        await using var connection = await Sql.OpenAsync(primary.ConnectionString);
        var (begin, end) =
            connection.PostgreSqlVersion.Major < 15
                ? ("pg_start_backup('replica', true, false)", "pg_stop_backup(false, false)")
                : ("pg_backup_start('replica', true)", "pg_backup_stop(false)");
        await Sql.ExecuteAsync(connection, $"SELECT {begin}");
        await ClusterFolder.CopyRunningAsync(primary.DataFolder, data);
        var label = await Sql.ScalarAsync<string>(connection, $"SELECT labelfile FROM {end}");
        await File.WriteAllTextAsync(Path.Combine(data, "backup_label"), label);
        await File.WriteAllTextAsync(Path.Combine(data, "standby.signal"), "");
        await PostgresServer.ConfigureAsync(
            data,
            [new("primary_conninfo", ConnectionInfo(primary, name)), new("wal_retrieve_retry_interval", "100ms")]
        );
        await UnprivilegedUser.TakeOverAsync(data);
    }

    private static string ConnectionInfo(PostgresServer primary, string name)
    {
        var superuser = new NpgsqlConnectionStringBuilder(primary.ConnectionString);
        return $"host={superuser.Host} port={superuser.Port} user={superuser.Username} password={superuser.Password} application_name={name}";
    }

    private static bool Waits(int signal, int process)
    {
        var pending = File.ReadLines($"/proc/{process}/status")
            .Where(line => line.StartsWith("ShdPnd:", StringComparison.Ordinal))
            .Select(line => ulong.Parse(line[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Single();
        return (pending & (1UL << (signal - 1))) != 0;
    }
}
