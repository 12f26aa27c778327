namespace RagStudio.Data.Migrator;

/// <summary>Makes the steps of a rollback, or refuses it before anything is changed.</summary>
internal sealed class RollbackSteps(MigrationSet set, MigrationOptions options, BackupStore backups)
{
    /// <returns>The id of the version that was meant, and what going back to it takes.</returns>
    public async Task<(string Version, IReadOnlyList<DatabaseSteps> Steps)> PlanAsync(
        IReadOnlyList<DatabasePlan> plans,
        string version,
        CancellationToken cancellationToken
    )
    {
        var known = set.Databases.SelectMany(database => database.Migrations).Select(migration => migration.Version);
        var resolved = KnownMigration.Resolve(version, known);
        foreach (var (database, plan) in set.Databases.Zip(plans))
        {
            RollbackPlanner.Check(plan, resolved);
            RollbackPlanner.CheckUnedited(plan, resolved);
            await CheckWayBackAsync(database, plan, plans, resolved, cancellationToken).ConfigureAwait(false);
        }
        var steps = set.Databases.Zip(
            plans,
            (database, plan) =>
                new DatabaseSteps(
                    database,
                    RollbackPlanner.Target(plan, resolved),
                    RollbackPlanner.ToRevert(plan, resolved)
                )
        );
        return (resolved, [.. steps]);
    }

    private async Task CheckWayBackAsync(
        IMigrationDatabase database,
        DatabasePlan plan,
        IReadOnlyList<DatabasePlan> plans,
        string version,
        CancellationToken cancellationToken
    )
    {
        var stuck = RollbackPlanner
            .ToRevert(plan, version)
            .Where(id => !HasWayBack(database, id))
            .Concat(RollbackPlanner.InTheWay(plan, version, options.UnknownMigrations))
            .ToArray();
        if (stuck.Length > 0)
        {
            var targets = plans.ToDictionary(p => p.Database, p => RollbackPlanner.Target(p, version).Version);
            throw new RollbackNotSupportedException(
                database.Name,
                stuck,
                await backups
                    .FindNewestAsync((other, backup) => IsAt(other, backup, targets), cancellationToken)
                    .ConfigureAwait(false)
            );
        }
    }

    private static bool IsAt(
        IMigrationDatabase database,
        BackupDatabase? backup,
        Dictionary<string, string?> targets
    ) => backup is not null && (backup.MigrationId ?? MigrationTarget.Zero.Version) == targets[database.Name];

    private static bool HasWayBack(IMigrationDatabase database, string version) =>
        ProgramMigrations.Of(database)[version].WayBack.Exists;
}
