using RagStudio.Data.Migrator.Apply;
using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;
using RagStudio.Data.Migrator.Undo;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Applies everything pending in every database of the set. With nothing pending it locks and writes nothing.
/// </summary>
internal sealed class MigrateOperation(MigrationRun run) : Operation<MigrationSummary>(run)
{
    public override async Task<MigrationSummary> RunAsync(CancellationToken cancellationToken)
    {
        Run.Set.DemandMigrations();
        if (await IsUpToDateAsync(cancellationToken).ConfigureAwait(false))
        {
            return Run.Summarize();
        }
        await MigrationWarmUp.BeginAsync(Run.Set, cancellationToken).ConfigureAwait(false);
        if (Run.IsPartOfRun)
        {
            return await MigrateAsync(cancellationToken).ConfigureAwait(false);
        }
        try
        {
            return Run.Options.DryRun
                ? await new DryRun(Run).RunAsync(cancellationToken).ConfigureAwait(false)
                : await CompleteAsync(await MigrateAsync(cancellationToken).ConfigureAwait(false), cancellationToken)
                    .ConfigureAwait(false);
        }
        finally
        {
            Run.Services.Expected.EndRun();
        }
    }

    /// <summary>Compares what could wait until nothing is locked any more. Everything else is done.</summary>
    private async Task<MigrationSummary> CompleteAsync(MigrationSummary summary, CancellationToken cancellationToken)
    {
        if (Run.Uncompared.Count == 0)
        {
            return summary;
        }
        await new EarlierDrift(Run).AddAsync(cancellationToken).ConfigureAwait(false);
        var complete = Run.Summarize();
        await RunReport.WriteAsync(Run.Backups, complete, Run.Logger).ConfigureAwait(false);
        return complete;
    }

    private async Task<MigrationSummary> MigrateAsync(CancellationToken cancellationToken)
    {
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            var plan = await new RunPlanner(locked).ForwardAsync(cancellationToken).ConfigureAwait(false);
            if (plan.IsEmpty)
            {
                return Run.Summarize();
            }
            await RehearseAsync(locked, plan, cancellationToken).ConfigureAwait(false);
            await FreeSpace.CheckAsync(locked, plan.Steps, cancellationToken).ConfigureAwait(false);
            return await new GuardedChange(locked, BackupReason.BeforeMigration, plan.Steps)
                .RunAsync(
                    () => new MigrationApplier(locked).ApplyAsync(plan.Steps, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Determines if nothing is pending. A database that does not exist is not up to date: its migrations are
    /// determined under the lock. The journal is checked again after the reads: a run of another process may
    /// have begun and been killed in between, and its result must not be used before it is recovered.
    /// </summary>
    private async Task<bool> IsUpToDateAsync(CancellationToken cancellationToken)
    {
        if (
            Run.UpTo is not null
            || Run.Services.MayBeInterrupted
            || await new StatusReader(Run.Services)
                .FindUpToDateAsync(Run.Watcher, cancellationToken)
                .ConfigureAwait(false)
                is not { } upToDate
            || Run.Services.MayBeInterrupted
        )
        {
            return false;
        }
        await StampWriter.WriteMissingAsync(upToDate).ConfigureAwait(false);
        return true;
    }

    private async Task RehearseAsync(LockedSet locked, RunPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.DemandsRehearsal(Run.Options.RehearseBeforeMigrate) && Run.Options.RehearseByMigrating.Count == 0)
        {
            return;
        }
        if (locked.Undo == UndoMethod.Transaction && Rehearsal.FindObstacle(Run.Set) is { } obstacle)
        {
            SkipRehearsal(obstacle);
            return;
        }
        var existing = locked
            .All.Where(storage => storage.Session.Existed)
            .ToDictionary(one => one.Storage, IStorageReader (one) => one.Session);
        try
        {
            var rehearsed = await new Rehearsal(Run).RunAsync(existing, cancellationToken).ConfigureAwait(false);
            Run.Rehearsal = rehearsed.Rehearsal;
        }
        catch (NoScratchException reason) when (locked.Undo == UndoMethod.Transaction)
        {
            SkipRehearsal(reason.Message);
            return;
        }
        Log.Rehearsed(Run.Logger, Run.Id, Run.Elapsed.TotalMilliseconds);
        if (Run.Rehearsal?.Sample is { } sample)
        {
            Log.RehearsedOnSample(Run.Logger, Run.Id, sample.Rows, sample.TotalRows);
        }
    }

    /// <summary>The run finds lost rows and damage itself, before it commits.</summary>
    private void SkipRehearsal(string reason)
    {
        Run.NotRehearsed = reason;
        Log.NotRehearsed(Run.Logger, Run.Id, reason);
    }
}
