using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>Records that an edited migration is accepted, by one line in the history of each database that has it.</summary>
internal sealed class DriftAcceptance(LockedRun locked, ILogger logger)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly List<AcceptedMigration> _accepted = [];

    /// <summary>The id that a person means.</summary>
    /// <exception cref="InvalidVersionException">There is no such migration, or it is not applied to any of the databases.</exception>
    public static string Resolve(MigrationSet set, IReadOnlyList<DatabasePlan> plans, string version)
    {
        var known = set.Databases.SelectMany(database => database.Migrations).Select(migration => migration.Version);
        var resolved = KnownMigration.Resolve(version, known);
        return plans.Any(plan => plan.Applied.Contains(resolved, MigrationPlanner.VersionOrder))
            ? resolved
            : throw new InvalidVersionException(version, "is not applied to any of the databases");
    }

    /// <summary>Each line is a transaction of its own: after a failure, accepting again adds those that are missing.</summary>
    /// <exception cref="RunFailedException">A line could not be written.</exception>
    public async Task<AcceptSummary> AcceptAsync(
        IReadOnlyList<DatabasePlan> plans,
        string version,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var resolved = Resolve(_run.Set, plans, version);
        cancellationToken.ThrowIfCancellationRequested();
        _run.Report(new MigrationProgress(MigrationPhase.Record));
        foreach (var (database, _) in _run.Set.Databases.Zip(plans).Where(pair => IsEdited(pair.Second, resolved)))
        {
            await AppendAsync(database, resolved, reason).ConfigureAwait(false);
        }
        return new AcceptSummary(_run.Id, resolved, reason, _accepted, _run.Elapsed);
    }

    private static bool IsEdited(DatabasePlan plan, string version) =>
        plan.Edited.Contains(version, MigrationPlanner.VersionOrder);

    private async Task AppendAsync(IMigrationDatabase database, string version, string reason)
    {
        var session = locked.Held[database.Storage];
        try
        {
            var state = await session.ReadAsync(database, CancellationToken.None).ConfigureAwait(false);
            var checksum = ProgramMigrations.Of(database)[version].Checksum!;
            var line = _run.NewRecord(MigrationEvent.Accepted, database.Name, version, _run.Elapsed, reason);
            await session.AppendAsync(database, line with { Checksum = checksum }).ConfigureAwait(false);
            _accepted.Add(new AcceptedMigration(database.Name, state.Checksums[version], checksum));
        }
        // Whatever a provider throws: what was written before is valid by itself, and what was not is not there at all.
        catch (Exception failure)
        {
            var state = _accepted.Count == 0 ? DataState.Unchanged : DataState.NeedsAttention;
            throw new RunFailedException(_run.Activity, _run.Phase, state, failure);
        }
        Log.Accepted(logger, _run.Id, database.Name, version);
    }
}
