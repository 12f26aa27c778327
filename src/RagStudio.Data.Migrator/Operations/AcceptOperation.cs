using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Records that an edited migration is accepted, with a line in the history of each database that has it.
/// </summary>
internal sealed class AcceptOperation(MigrationRun run, string version, string reason) : Operation<AcceptSummary>(run)
{
    private readonly List<AcceptedMigration> _accepted = [];

    public override async Task<AcceptSummary> RunAsync(CancellationToken cancellationToken)
    {
        Run.Set.DemandMigrations();
        if (!await Run.Set.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            // There is nothing to lock, and no database that has applied it.
            Resolve([]);
        }
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            var plans = await new RunPlanner(locked).ReadAsync(cancellationToken).ConfigureAwait(false);
            var resolved = Resolve(plans);
            cancellationToken.ThrowIfCancellationRequested();
            // Each line is a transaction: after a failure, accepting again adds the missing lines.
            Run.Report(new MigrationProgress(MigrationPhase.Record));
            foreach (var (database, _) in Run.Set.Databases.Zip(plans).Where(pair => IsEdited(pair.Second, resolved)))
            {
                await AppendAsync(locked[database.Storage], database, resolved).ConfigureAwait(false);
            }
            return new AcceptSummary(Run.Id, resolved, reason, _accepted, Run.Elapsed);
        }
    }

    /// <summary>Resolves the version to an id.</summary>
    /// <exception cref="InvalidVersionException">
    /// No migration matches, or it is not applied to any of the databases.
    /// </exception>
    private string Resolve(IReadOnlyList<MigrationComparison> plans)
    {
        var resolved = Run.Set.ResolveVersion(version);
        return plans.Any(plan => plan.Applied.Contains(resolved, MigrationIdComparer.Default))
            ? resolved
            : throw new InvalidVersionException(version, "is not applied to any of the databases");
    }

    private static bool IsEdited(MigrationComparison plan, string version) =>
        plan.Edited.Contains(version, MigrationIdComparer.Default);

    private async Task AppendAsync(IStorageSession session, IMigrationDatabase database, string resolved)
    {
        try
        {
            var state = await session.ReadAsync(database, CancellationToken.None).ConfigureAwait(false);
            var checksum = ProgramMigrations.For(database)[resolved].Checksum!;
            var line = Run.NewRecord(MigrationEvent.Accepted, database.Name, resolved, Run.Elapsed, reason);
            await session.AppendAsync(database, line with { Checksum = checksum }).ConfigureAwait(false);
            _accepted.Add(new AcceptedMigration(database.Name, state.Checksums[resolved], checksum));
        }
        // Whatever a provider throws: lines written before are valid by themselves, and the others do not exist.
        catch (Exception failure)
        {
            var state = _accepted.Count == 0 ? DataState.Unchanged : DataState.NeedsAttention;
            throw new RunFailedException(Run.Activity, Run.Phase, state, failure);
        }
        Log.Accepted(Run.Logger, Run.Id, database.Name, resolved);
    }
}
