using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Apply;

/// <summary>
/// Runs the plans: databases in parallel if the options allow it, each database's migrations in order.
/// </summary>
internal sealed class MigrationApplier(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;

    /// <summary>Does what needs no lock before there is one.</summary>
    public void Prepare(IEnumerable<DatabasePlan> plans)
    {
        if (locked.Undo != UndoMethod.Transaction)
        {
            return;
        }
        foreach (var plan in plans.Where(plan => plan.Versions.Count > 0))
        {
            try
            {
                var steps =
                    CompiledLookup.Find(plan).Steps
                    ?? CompiledLookup.Uncompiled(plan.Database, plan.Versions, plan.Target);
                if (steps.Migrations.All(steps.IsCurrent))
                {
                    locked[plan.Database.Storage].Prepare(plan.Database, WithGenerated(plan, steps));
                }
            }
            // The run meets the same failure when it is the migration's turn, and undoes what came before.
            catch (Exception failure)
            {
                Log.NotPrepared(_run.Logger, _run.Id, plan.Database.Name, failure);
            }
        }
    }

    public Task ApplyAsync(IReadOnlyList<DatabasePlan> plans, CancellationToken cancellationToken)
    {
        var byStorage = plans.Where(plan => plan.Versions.Count > 0).GroupBy(plan => plan.Database.Storage).ToArray();
        return byStorage is [var only]
            ? ApplyInOrderAsync(only, cancellationToken)
            : ApplySideBySideAsync(byStorage, cancellationToken);
    }

    private async Task ApplySideBySideAsync(
        IEnumerable<IEnumerable<DatabasePlan>> plans,
        CancellationToken cancellationToken
    )
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _run.Options.MaxConcurrentMigrations,
            CancellationToken = cancellationToken,
        };
        var byStorage = Parallel.ForEachAsync(
            plans,
            parallel,
            async (storage, token) => await ApplyInOrderAsync(storage, token).ConfigureAwait(false)
        );
        try
        {
            await byStorage.ConfigureAwait(false);
        }
        catch (Exception) when (Cause(byStorage) is { } cause)
        {
            throw cause;
        }
    }

    /// <summary>Finds the step that failed first; the others only ended because of it.</summary>
    private static FailedStepException? Cause(Task byStorage) =>
        byStorage.Exception?.Flatten().InnerExceptions.OfType<FailedStepException>().FirstOrDefault();

    private async Task ApplyInOrderAsync(IEnumerable<DatabasePlan> plans, CancellationToken cancellationToken)
    {
        foreach (var plan in plans)
        {
            await ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(DatabasePlan plan, CancellationToken cancellationToken)
    {
        var observer = new StepObserver(_run, plan);
        try
        {
            await ApplyAsync(plan, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationStepException step)
        {
            observer.Failed(step);
            throw new FailedStepException(plan.Database.Name, step);
        }
        catch (OperationCanceledException cancelled)
        {
            observer.Cancelled(cancelled);
            throw;
        }
    }

    /// <summary>Runs the compiled migrations as far as they are current; EF generates the rest.</summary>
    private async Task ApplyAsync(DatabasePlan plan, StepObserver observer, CancellationToken cancellationToken)
    {
        var (compiled, problem) = CompiledLookup.Find(plan);
        var left = plan.Versions;
        if (compiled is not null)
        {
            if (await MigrateAsync(compiled).ConfigureAwait(false) is not { } stale)
            {
                return;
            }
            problem = CompiledLookup.Changed(stale);
            left = [.. left.SkipWhile(version => version != stale)];
        }
        if (problem is not null)
        {
            Log.CompiledNotUsed(_run.Logger, _run.Id, plan.Database.Name, problem);
        }
        await MigrateAsync(CompiledLookup.Uncompiled(plan.Database, left, plan.Target)).ConfigureAwait(false);

        Task<string?> MigrateAsync(CompiledSteps steps) =>
            locked[plan.Database.Storage]
                .MigrateAsync(plan.Database, WithGenerated(plan, steps), observer, cancellationToken);
    }

    private CompiledSteps WithGenerated(DatabasePlan plan, CompiledSteps steps) =>
        steps with
        {
            Generated = _run.Services.Expected.GeneratedFor(plan.Database, plan.IsReverting),
        };
}
