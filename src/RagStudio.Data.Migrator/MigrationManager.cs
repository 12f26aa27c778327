using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>The runs and the questions that a set of databases is asked for. See <see cref="IMigrationManager"/>.</summary>
internal sealed class MigrationManager(
    MigrationSet set,
    IOptions<MigrationOptions> options,
    TimeProvider time,
    ILogger<MigrationManager> logger
) : IMigrationManager
{
    private readonly BackupStore _backups = new(options.Value.BackupDirectory ?? set.DefaultBackupDirectory, logger);
    private readonly StatusReader _states = new(set);

    public async Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var run = new MigrationRun(set, options.Value, time, progress);
        if (await _states.IsUpToDateAsync(cancellationToken).ConfigureAwait(false))
        {
            return run.Summarize();
        }

        // SQLite works on the thread that calls it: not on a window's.
        return await Task.Run(() => RunAsync(run, cancellationToken), CancellationToken.None).ConfigureAwait(false);
    }

    public Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        _states.ReadStatusAsync(cancellationToken);

    public Task<IReadOnlyList<MigrationRecord>> GetHistoryAsync(
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _states.ReadHistoryAsync(limit, cancellationToken);
    }

    public async Task<BackupSet?> CreateBackupAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!set.Storages.Any(storage => storage.Exists))
        {
            return null;
        }

        var run = new MigrationRun(set, options.Value, time, progress);
        var held = await LockAsync(run, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var created = await _backups
                .CreateAsync(run, held, BackupReason.Manual, cancellationToken)
                .ConfigureAwait(false);
            return created.Set;
        }
    }

    public Task<IReadOnlyList<BackupSet>> ListBackupsAsync(CancellationToken cancellationToken = default) =>
        _backups.ListAsync(cancellationToken);

    private async Task<MigrationSummary> RunAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        var held = await LockAsync(run, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var plans = await PlanAsync(run, held, cancellationToken).ConfigureAwait(false);
            if (plans.All(plan => plan.Pending.Count == 0))
            {
                return run.Summarize();
            }

            var before = await BackUpAsync(run, held, cancellationToken).ConfigureAwait(false);

            // Nothing has been changed up to this line. Whatever fails below is undone as a whole.
            try
            {
                await new MigrationApplier(run, held, logger)
                    .ApplyAsync(plans, cancellationToken)
                    .ConfigureAwait(false);
                await new RunValidator(run, held).ValidateAsync(before.Checks, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                throw await new RunRollBack(run, held, _backups, logger)
                    .UndoAsync(before.Set, failure, cancellationToken)
                    .ConfigureAwait(false);
            }
            return await RecordAsync(run).ConfigureAwait(false);
        }
    }

    private async Task<HeldStorages> LockAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        run.Report(new MigrationProgress(MigrationPhase.Lock));
        var held = await HeldStorages.TakeAsync(run, cancellationToken).ConfigureAwait(false);
        Log.Locked(logger, run.Id, run.Elapsed.TotalMilliseconds);
        return held;
    }

    private async Task<IReadOnlyList<DatabasePlan>> PlanAsync(
        MigrationRun run,
        HeldStorages held,
        CancellationToken cancellationToken
    )
    {
        run.Report(new MigrationProgress(MigrationPhase.Plan));
        var plans = new List<DatabasePlan>();
        foreach (var database in set.Databases)
        {
            var state = await held[database.Storage].ReadAsync(database, cancellationToken).ConfigureAwait(false);
            var plan = MigrationPlanner.Plan(database, state.Applied);
            if (plan.Newer.Count > 0)
            {
                throw new DatabaseNewerException(
                    plan.Database,
                    plan.Newer,
                    await _backups.FindUsableAsync(set, cancellationToken).ConfigureAwait(false)
                );
            }

            MigrationPlanner.Check(plan, run.Options);
            if (plan.Unknown.Count > 0 && run.Options.UnknownMigrations == UnknownMigrationPolicy.Warn)
            {
                Log.UnknownMigrations(logger, run.Id, plan.Database, string.Join(", ", plan.Unknown));
            }

            Log.Planned(logger, run.Id, plan.Database, plan.Pending.Count);
            plans.Add(plan);
        }
        return plans;
    }

    private async Task<CreatedBackup> BackUpAsync(
        MigrationRun run,
        HeldStorages held,
        CancellationToken cancellationToken
    )
    {
        if (!run.Options.BackupBeforeMigration)
        {
            return new CreatedBackup(null, await held.CheckAsync(cancellationToken).ConfigureAwait(false));
        }

        var created = await _backups
            .CreateAsync(run, held, BackupReason.BeforeMigration, cancellationToken)
            .ConfigureAwait(false);
        run.BackupId = created.Set?.Id;
        return created;
    }

    private async Task<MigrationSummary> RecordAsync(MigrationRun run)
    {
        run.Report(new MigrationProgress(MigrationPhase.Record));
        await _backups.PruneAsync(run.Options.BackupsToKeep).ConfigureAwait(false);
        var summary = run.Summarize();
        Log.Completed(logger, run.Id, summary.Databases.Sum(d => d.Migrations.Count), run.Elapsed.TotalMilliseconds);
        return summary;
    }
}
