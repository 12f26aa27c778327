namespace RagStudio.Data.Migrator;

/// <summary>Makes the plan of a rollback that people read before they agree to it: without a lock.</summary>
internal sealed class RollbackReader(MigrationSet set, MigrationOptions options)
{
    /// <param name="version">The id of the version to go back to.</param>
    /// <param name="steps">What that takes.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public async Task<RollbackPlan> ReadAsync(
        string version,
        IReadOnlyList<DatabaseSteps> steps,
        CancellationToken cancellationToken
    )
    {
        var planned = await InspectAsync(steps, cancellationToken).ConfigureAwait(false);
        return new RollbackPlan(version, [.. steps.Zip(planned, Describe)]);
    }

    private async Task<IReadOnlyList<PlannedDatabase>> InspectAsync(
        IReadOnlyList<DatabaseSteps> steps,
        CancellationToken cancellationToken
    )
    {
        var readers = await SetReaders.OpenAsync(set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            var limits = new WorkLimits(options.ValidationTimeout, cancellationToken);
            return await new PlanInspector(set, options, limits)
                .InspectAsync(steps, storage => readers.Readers.GetValueOrDefault(storage))
                .ConfigureAwait(false);
        }
    }

    private static DatabaseRollback Describe(DatabaseSteps step, PlannedDatabase planned) =>
        new(step.Database.Name, step.Versions) { Migrations = planned.Migrations };
}
