using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>Continues a start only if the databases are up to date; changes nothing.</summary>
internal sealed class StartupVerification(
    IMigrationManager manager,
    MigrationMonitor monitor,
    IOptions<MigrationOptions> options,
    TimeProvider time,
    ILogger<StartupVerification> logger
)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="NotUpToDateException">A database is not up to date.</exception>
    public async Task<MigrationStatus> VerifyAsync(CancellationToken cancellationToken)
    {
        var status = await manager.GetStatusAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        ThrowIfMoved(status);
        return status.Verdict == MigrationVerdict.UpToDate ? status : throw new NotUpToDateException(status, null);
    }

    /// <exception cref="NotUpToDateException">No other process has brought them up to date in time.</exception>
    public async Task<MigrationStatus> WaitAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        monitor.Report(new MigrationProgress(MigrationPhase.Lock));
        Log.WaitingForOther(logger, options.Value.LockTimeout.TotalMilliseconds);
        while (true)
        {
            var isOver = time.GetElapsedTime(begun) >= options.Value.LockTimeout;
            var status = await ReadAsync(isOver, cancellationToken).ConfigureAwait(false);
            if (status?.Verdict == MigrationVerdict.UpToDate)
            {
                return status;
            }
            ThrowIfMoved(status);
            if (status is not null && (isOver || IsFinal(status.Verdict)))
            {
                throw new NotUpToDateException(status, isOver ? time.GetElapsedTime(begun) : null);
            }
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>
    /// The state; <see langword="null"/> while another process holds a database and there is time left.
    /// </returns>
    private async Task<MigrationStatus?> ReadAsync(bool isOver, CancellationToken cancellationToken)
    {
        try
        {
            return await manager.GetStatusAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        // The other process is migrating, which is what this waits for.
        catch (DatabaseLockedException) when (!isOver)
        {
            return null;
        }
    }

    private static void ThrowIfMoved(MigrationStatus? status) =>
        DatabaseMovedException.ThrowIfMoved(
            (status?.Databases ?? []).Select(database => (database.Name, database.MovedTo))
        );

    private static bool IsFinal(MigrationVerdict verdict) =>
        verdict is MigrationVerdict.Newer or MigrationVerdict.Drifted;
}
