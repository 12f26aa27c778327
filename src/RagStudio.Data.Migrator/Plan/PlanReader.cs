using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Creates the plan that users read: without a lock, and without stopping at a refusal.</summary>
internal sealed class PlanReader(MigratorServices services, IProgress<MigrationProgress>? progress)
{
    private readonly MigrationSet _set = services.Set;
    private readonly MigrationOptions _options = services.Options;

    /// <param name="upTo">Returns the last version to apply; <see langword="null"/> for all that are pending.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The plan, and the reason to refuse it.</returns>
    public async Task<(MigrationPlan Plan, MigrationException? Refusal)> ReadAsync(
        Func<IReadOnlyList<MigrationComparison>, string?> upTo,
        CancellationToken cancellationToken
    )
    {
        var readers = await SetReaders.OpenAsync(_set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            var plans = await ComparisonReader
                .ReadAsync(_set, readers.Readers.GetValueOrDefault, Report, cancellationToken)
                .ConfigureAwait(false);
            var steps = DatabasePlan.Forward(_set.Databases, plans, upTo(plans));
            Report(new MigrationProgress(MigrationPhase.Plan, Check: "data"));
            var limits = new WorkLimits(_options.ValidationTimeout, cancellationToken);
            var planned = await new PlanInspector(_set, _options, limits)
                .InspectAsync(steps, storage => readers.Readers.GetValueOrDefault(storage))
                .ConfigureAwait(false);
            planned = await new PendingLint(_set, plans)
                .CompleteAsync(steps, planned, findsLocks: true, cancellationToken)
                .ConfigureAwait(false);
            var need = await SpaceNeed
                .ComputeAsync(_set, steps, _options.BackupBeforeMigration, cancellationToken)
                .ConfigureAwait(false);
            var refusal =
                await FindRefusalAsync(plans, cancellationToken).ConfigureAwait(false)
                ?? Unadopted.Refusal(_set, plans, planned)
                ?? DestructiveConsent.Refusal(planned, _options)
                ?? BlockedOthers.Refusal(planned, _options)
                ?? FreeSpace.Refusal(_set, steps, need, services.Backups.HasFolder ? services.Backups.Folder : null);
            Report(new MigrationProgress(MigrationPhase.Plan, Check: "SQL"));
            return (new MigrationPlan([.. steps.Zip(planned, WithSql)], need.Total, refusal?.Message), refusal);
        }
    }

    private void Report(MigrationProgress step) => progress?.Report(step with { Phase = MigrationPhase.Plan });

    private async Task<MigrationException?> FindRefusalAsync(
        IEnumerable<MigrationComparison> plans,
        CancellationToken cancellationToken
    )
    {
        var refusals = new PlanRefusals(_options, services.Backups);
        foreach (var plan in plans)
        {
            if (await refusals.FindAsync(plan, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    private static PlannedDatabase WithSql(DatabasePlan step, PlannedDatabase planned)
    {
        if (step.Versions.Count == 0)
        {
            return planned;
        }
        var scripts = Script(step);
        return planned with
        {
            Migrations = [.. planned.Migrations.Select(m => m with { Sql = scripts.GetValueOrDefault(m.Version, "") })],
        };
    }

    private static IReadOnlyDictionary<string, string> Script(DatabasePlan step)
    {
        try
        {
            return step.Database.Script(step.Versions);
        }
        // Operations that cannot be turned into SQL fail when they run; the rest of the plan is still worth reading.
        catch (Exception failure)
        {
            return step.Versions.ToDictionary(
                version => version,
                _ => $"-- The SQL cannot be generated: {failure.Message}"
            );
        }
    }
}
