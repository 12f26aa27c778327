using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Reports the state of the databases. See
/// <see cref="Microsoft.Extensions.DependencyInjection.MigrationHealthCheckExtensions.AddMigrationCheck"/>.
/// </summary>
internal sealed class MigrationHealthCheck(
    IMigrationManager manager,
    IMigrationMonitor monitor,
    IEnumerable<IMigrationDatabase> databases,
    HealthStatus pending,
    HealthStatus? newer
) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (monitor.Current is { Status: MigrationRunStatus.Running } state)
        {
            return Running($"This process is {state.Activity!.Value.Describe()}.");
        }
        try
        {
            var status = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var kept = await ReadKeptAsync(cancellationToken).ConfigureAwait(false);
            return Judge(status, kept, Unhealthy(context));
        }
        catch (DatabaseLockedException locked)
        {
            return Running($"A database is held by {locked.Holder?.ToString() ?? "another process"}.");
        }
        // A database cannot be read at all. Other errors are reported by the health check service.
        catch (MigrationException failure)
        {
            return CreateResult(Unhealthy(context), "unusable", failure.Message, status: null, failure);
        }
    }

    /// <summary>
    /// To a reading that began before the run did, the journal of a live run looks like that of a killed one. Read
    /// again, the databases are locked, or the run has ended.
    /// </summary>
    private async Task<MigrationStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var status = await manager.GetStatusAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return status.Verdict == MigrationVerdict.Interrupted
            ? await manager.GetStatusAsync(cancellationToken: cancellationToken).ConfigureAwait(false)
            : status;
    }

    /// <returns>The sets that are kept in the databases; <see langword="null"/> if such databases keep nothing.</returns>
    private async Task<IReadOnlyList<BackupSet>?> ReadKeptAsync(CancellationToken cancellationToken)
    {
        List<BackupSet>? kept = null;
        foreach (var store in databases.Select(database => database.Storage).Distinct().Select(one => one.Keepsakes))
        {
            if (store is not null)
            {
                kept ??= [];
                kept.AddRange(await store.ListAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        return kept?.FindAll(set => set.IsKept);
    }

    private HealthCheckResult Judge(MigrationStatus status, IReadOnlyList<BackupSet>? kept, HealthStatus unhealthy)
    {
        // A run has begun since: the reading is meaningless.
        if (monitor.Current is { Status: MigrationRunStatus.Running } running)
        {
            return Running($"This process is {running.Activity!.Value.Describe()}.");
        }
        if (FailureOf(monitor.Current, status.Verdict) is { } failure)
        {
            return CreateResult(unhealthy, "failed", failure.Message, status, failure, kept);
        }
        var (health, state, description) = status.Verdict switch
        {
            MigrationVerdict.UpToDate => (HealthStatus.Healthy, "upToDate", "Every database is up to date."),
            MigrationVerdict.Pending or MigrationVerdict.Empty => (
                pending,
                "pending",
                $"{status.Databases.Sum(d => d.Pending.Count)} migration(s) are pending."
            ),
            MigrationVerdict.OutOfOrder => (
                unhealthy,
                "outOfOrder",
                "A pending migration is older than an applied one."
            ),
            MigrationVerdict.Drifted => (
                HealthStatus.Degraded,
                "drifted",
                "A database differs from what its migrations create."
            ),
            MigrationVerdict.Newer => (newer ?? unhealthy, "newer", "A database was written by a newer program."),
            MigrationVerdict.Moved => (unhealthy, "moved", "The data was copied to another database."),
            _ => (unhealthy, "interrupted", "An earlier run was interrupted; the next one undoes or completes it."),
        };
        return CreateResult(health, state, description, status, kept: kept);
    }

    /// <summary>
    /// The failure of the last run, if it concerns the databases. A failed backup or a canceled run does not, and a
    /// failure that another process has since resolved no longer counts.
    /// </summary>
    private static MigrationException? FailureOf(MigrationRunState state, MigrationVerdict verdict) =>
        state.Failure switch
        {
            MigrationException { DataState: DataState.NeedsAttention } failure => failure,
            MigrationException failure when IsAboutUpgrade(state) && verdict.IsBehind() => failure,
            _ => null,
        };

    private static bool IsAboutUpgrade(MigrationRunState state) =>
        state.Activity is RunActivity.Migrate or RunActivity.Recover && state.Failure is not NotUpToDateException;

    private static HealthCheckResult Running(string description) =>
        CreateResult(HealthStatus.Degraded, "running", description, status: null);

    private static HealthStatus Unhealthy(HealthCheckContext context) => context.Registration.FailureStatus;

    private static HealthCheckResult CreateResult(
        HealthStatus health,
        string state,
        string description,
        MigrationStatus? status,
        Exception? failure = null,
        IReadOnlyList<BackupSet>? kept = null
    ) => new(health, description, failure, MigrationHealthData.Create(state, status, kept));
}
