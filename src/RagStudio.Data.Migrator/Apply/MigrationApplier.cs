using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>Applies what is pending: databases side by side where the options allow it, a database's migrations in order.</summary>
internal sealed class MigrationApplier(MigrationRun run, HeldStorages held, ILogger logger)
{
    public async Task ApplyAsync(IReadOnlyList<DatabasePlan> plans, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = run.Options.MaxConcurrentMigrations,
            CancellationToken = cancellationToken,
        };
        var byStorage = Parallel.ForEachAsync(
            run.Set.Storages,
            parallel,
            async (storage, token) => await ApplyAsync(storage, plans, token).ConfigureAwait(false)
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

    /// <summary>The step that failed first-hand; the others only ended because of it.</summary>
    private static FailedStepException? Cause(Task byStorage) =>
        byStorage.Exception?.Flatten().InnerExceptions.OfType<FailedStepException>().FirstOrDefault();

    private async Task ApplyAsync(
        IDatabaseStorage storage,
        IReadOnlyList<DatabasePlan> plans,
        CancellationToken cancellationToken
    )
    {
        foreach (var (database, plan) in run.Set.Databases.Zip(plans))
        {
            if (!database.Storage.Equals(storage) || plan.Pending.Count == 0)
            {
                continue;
            }

            await ApplyAsync(held[storage], database, plan, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(
        IStorageSession session,
        IMigrationDatabase database,
        DatabasePlan plan,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var observer = new StepObserver(run, plan, logger);
            await session.MigrateAsync(database, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationStepException step)
        {
            if (step.Version is { } version)
            {
                run.AddFailed(database.Name, version, step);
            }

            throw new FailedStepException(database.Name, step);
        }
    }
}
