using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Reads the applied migrations under the lock, and decides what a run may do.</summary>
internal sealed class RunPlanner(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly PlanRefusals _refusals = new(locked.Run.Options, locked.Run.Backups);

    /// <summary>Reads what is applied, pending and unknown in every database, in the order of the set.</summary>
    /// <exception cref="DatabaseMovedException">The data of a database was copied elsewhere.</exception>
    public async Task<IReadOnlyList<MigrationComparison>> ReadAsync(CancellationToken cancellationToken)
    {
        var plans = await ReadMovedAsync(cancellationToken).ConfigureAwait(false);
        DatabaseMovedException.ThrowIfMoved(plans.Select(plan => (plan.Database, plan.MovedTo)));
        return plans;
    }

    /// <summary>As <see cref="ReadAsync"/>, for what has to do with the mark itself.</summary>
    public Task<IReadOnlyList<MigrationComparison>> ReadMovedAsync(CancellationToken cancellationToken)
    {
        _run.Report(new MigrationProgress(MigrationPhase.Plan));
        return ComparisonReader.ReadAsync(_run.Set, storage => locked[storage], _run.Report, cancellationToken);
    }

    /// <summary>Plans to apply everything pending, up to the run's version, unless that is refused.</summary>
    public async Task<RunPlan> ForwardAsync(CancellationToken cancellationToken)
    {
        var plans = await ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var plan in plans)
        {
            await CheckAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        if (await RelocatedElsewhere.FindAsync(locked, plans).ConfigureAwait(false) is { } elsewhere)
        {
            throw elsewhere;
        }
        var upTo = ForwardTarget.Resolve(_run, plans);
        var steps = DatabasePlan.Forward(_run.Set.Databases, plans, upTo);
        // A database that does not exist yet has nothing to lose, so its migrations' operations are irrelevant here.
        var existing = steps.Where(step => locked[step.Database.Storage].Existed).ToArray();
        var planned = await InspectAsync(plans, existing, cancellationToken).ConfigureAwait(false);
        if (
            (
                Unadopted.Refusal(_run.Set, plans, planned)
                ?? DestructiveConsent.Refusal(planned, _run.Options)
                ?? BlockedOthers.Refusal(planned, _run.Options)
            ) is
            { } refusal
        )
        {
            throw refusal;
        }
        _run.Planned = planned;
        return new RunPlan(steps, planned);
    }

    /// <summary>Plans to revert the migrations that are newer than a version, unless that is refused.</summary>
    public async Task<RevertPlan> RevertAsync(string version, CancellationToken cancellationToken)
    {
        var plans = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return await new RevertPlanner(_run.Services)
            .PlanAsync(plans, version, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task CheckAsync(MigrationComparison plan, CancellationToken cancellationToken)
    {
        if (await _refusals.FindAsync(plan, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            throw refusal;
        }
        if (plan.Unknown.Count > 0 && _run.Options.UnknownMigrations == UnknownMigrationPolicy.Warn)
        {
            Log.UnknownMigrations(_run.Logger, _run.Id, plan.Database, VersionList.Format(plan.Unknown));
        }
        Log.Planned(_run.Logger, _run.Id, plan.Database, plan.Pending.Count);
    }

    private async Task<IReadOnlyList<PlannedDatabase>> InspectAsync(
        IReadOnlyList<MigrationComparison> plans,
        IReadOnlyList<DatabasePlan> steps,
        CancellationToken cancellationToken
    )
    {
        var limits = new WorkLimits(_run.Options.ValidationTimeout, cancellationToken);
        _run.Report(new MigrationProgress(MigrationPhase.Plan, Check: "data"));
        try
        {
            var planned = await new PlanInspector(_run.Set, _run.Options, limits)
                .InspectAsync(steps, storage => locked[storage])
                .ConfigureAwait(false);
            var findsLocks = _run.Options.RefuseAboveBlockedBytes is not null;
            return await new PendingLint(_run.Set, plans)
                .CompleteAsync(steps, planned, findsLocks, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not (MigrationException or OperationCanceledException))
        {
            throw new RunFailedException(_run.Activity, _run.Phase, DataState.Unchanged, failure);
        }
    }
}
