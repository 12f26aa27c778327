using RagStudio.Data.Migrator.Adopt;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Starts an operation for each verb, and reads directly if none is needed. See
/// <see cref="IMigrationManager"/>.
/// </summary>
internal sealed class MigrationManager(MigratorServices services, WatchedRuns runs) : IMigrationManager
{
    /// <summary>The services of its set, which a copy reads or writes.</summary>
    public MigratorServices Services => services;

    /// <summary>What watches its runs.</summary>
    public WatchedRuns Runs => runs;

    public IBackupManager Backups { get; } = new BackupManager(services, runs);

    public Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => runs.RunAsync(new MigrateOperation(NewRun(RunActivity.Migrate, progress)), cancellationToken);

    public Task<MigrationSummary> MigrateToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        return runs.RunAsync(new MigrateOperation(NewRun(RunActivity.Migrate, progress, version)), cancellationToken);
    }

    public async Task<MigrationPlan> PlanAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        services.Set.DemandMigrations();
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        var (plan, _) = await new PlanReader(services, progress)
            .ReadAsync(_ => null, cancellationToken)
            .ConfigureAwait(false);
        return plan;
    }

    public Task<RollbackSummary> RollbackToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        return runs.RunAsync(new RevertOperation(NewRun(RunActivity.Rollback, progress), version), cancellationToken);
    }

    public async Task<RollbackPlan> PlanRollbackAsync(string version, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        services.Set.DemandMigrations();
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        return await new RevertPlanReader(services).ReadAsync(version, cancellationToken).ConfigureAwait(false);
    }

    public Task<RestoreSummary> RestoreAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backupId);
        return runs.RunAsync(new RestoreOperation(NewRun(RunActivity.Restore, progress), backupId), cancellationToken);
    }

    public Task<RecoverySummary> RecoverAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => runs.RunAsync(new RecoverOperation(NewRun(RunActivity.Recover, progress)), cancellationToken);

    public Task<AcceptSummary> AcceptAsync(string version, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var run = NewRun(RunActivity.Accept, progress: null);
        return runs.RunAsync(new AcceptOperation(run, version, reason), cancellationToken);
    }

    public Task<IReadOnlyList<string>> ReopenAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return runs.RunAsync(
            new ReopenOperation(NewRun(RunActivity.Reopen, progress: null), reason),
            cancellationToken
        );
    }

    public Task<AdoptSummary> AdoptAsync(
        AdoptOptions options,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var run = new MigrationRun(
            RunActivity.Adopt,
            services with
            {
                Options = services.Options.Protected(),
            },
            runs.Join(progress)
        );
        return runs.RunAsync(new AdoptOperation(run, options.Copy()), cancellationToken);
    }

    public async Task<AdoptPlan> PlanAdoptionAsync(
        AdoptOptions options,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        services.Set.DemandMigrations();
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        return await new AdoptPlanReader(services, options.Copy(), step => progress?.Report(step))
            .ReadAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<MigrationStatus> GetStatusAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        services.Set.DemandMigrations();
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        var status = await new StatusReader(services)
            .ReadStatusAsync(withDrift: !services.Journal.IsOpen(), progress, cancellationToken)
            .ConfigureAwait(false);
        return services.Journal.IsOpen() ? status with { Verdict = MigrationVerdict.Interrupted } : status;
    }

    public Task<IReadOnlyList<MigrationRecord>> GetHistoryAsync(
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new StatusReader(services).ReadHistoryAsync(limit, cancellationToken);
    }

    public Task<IReadOnlyList<EFAppliedMigration>> ListAppliedByEFAsync(
        CancellationToken cancellationToken = default
    ) => new StatusReader(services).ReadAppliedByEFAsync(cancellationToken);

    private MigrationRun NewRun(RunActivity activity, IProgress<MigrationProgress>? progress, string? upTo = null) =>
        new(activity, services, runs.Join(progress)) { UpTo = upTo };
}
