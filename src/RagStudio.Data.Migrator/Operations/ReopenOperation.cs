using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Removes the marks of databases whose data was copied elsewhere.</summary>
internal sealed class ReopenOperation(MigrationRun run, string reason) : Operation<IReadOnlyList<string>>(run)
{
    private readonly List<string> _reopened = [];

    public override async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        if (!await Run.Set.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            var plans = await new RunPlanner(locked).ReadMovedAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // Each mark is a transaction: after a failure, reopening again removes the others.
            Run.Report(new MigrationProgress(MigrationPhase.Record));
            foreach (
                var (database, plan) in Run.Set.Databases.Zip(plans).Where(pair => pair.Second.MovedTo is not null)
            )
            {
                var record = Run.NewRecord(MigrationEvent.Reopened, database.Name, version: null, Run.Elapsed, reason);
                await MarkAsync(() => locked[database.Storage].MarkAsync(database, record)).ConfigureAwait(false);
                _reopened.Add(database.Name);
            }
            return _reopened;
        }
    }

    private async Task MarkAsync(Func<Task> mark)
    {
        try
        {
            await mark().ConfigureAwait(false);
        }
        // Whatever a provider throws: marks that were removed before are.
        catch (Exception failure)
        {
            var state = _reopened.Count == 0 ? DataState.Unchanged : DataState.NeedsAttention;
            throw new RunFailedException(Run.Activity, Run.Phase, state, failure);
        }
    }
}
