using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Plans a revert of the set to a version, or refuses it before anything changes.</summary>
internal sealed class RevertPlanner(MigratorServices services)
{
    public async Task<RevertPlan> PlanAsync(
        IReadOnlyList<MigrationComparison> plans,
        string version,
        CancellationToken cancellationToken
    )
    {
        var set = services.Set;
        var resolved = set.ResolveVersion(version);
        foreach (var (database, plan) in set.Databases.Zip(plans))
        {
            RevertRules.Check(plan, resolved);
            RevertRules.CheckUnedited(plan, resolved);
            await CheckDownAsync(database, plan, plans, resolved, cancellationToken).ConfigureAwait(false);
        }
        var steps = set.Databases.Zip(
            plans,
            (database, plan) =>
                new DatabasePlan(database, RevertRules.Target(plan, resolved), RevertRules.ToRevert(plan, resolved))
        );
        return new RevertPlan(resolved, [.. steps]);
    }

    private async Task CheckDownAsync(
        IMigrationDatabase database,
        MigrationComparison plan,
        IReadOnlyList<MigrationComparison> plans,
        string version,
        CancellationToken cancellationToken
    )
    {
        var stuck = RevertRules
            .ToRevert(plan, version)
            .Where(id => !HasDown(database, id))
            .Concat(RevertRules.FindBlocking(plan, version, services.Options.UnknownMigrations))
            .ToArray();
        if (stuck.Length > 0)
        {
            var targets = plans.ToDictionary(p => p.Database, p => RevertRules.Target(p, version).Version);
            throw new RollbackNotSupportedException(
                database.Name,
                stuck,
                await services
                    .Backups.FindNewestAsync((other, backup) => IsAt(other, backup, targets), cancellationToken)
                    .ConfigureAwait(false)
            );
        }
    }

    private static bool IsAt(
        IMigrationDatabase database,
        BackupDatabase? backup,
        Dictionary<string, string?> targets
    ) => backup is not null && (backup.MigrationId ?? MigrationTarget.Zero.Version) == targets[database.Name];

    private static bool HasDown(IMigrationDatabase database, string version) =>
        ProgramMigrations.For(database)[version].Down.Exists;
}
