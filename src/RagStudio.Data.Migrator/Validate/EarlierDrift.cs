using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>
/// Finds the differences from before a run between a schema and what its applied migrations create. They never decide
/// about the run: it has made of the schema what its migrations make of it. So they are looked for when nothing is locked
/// any more, or when a migration has failed that they may explain.
/// </summary>
internal sealed class EarlierDrift(MigrationRun run)
{
    /// <summary>
    /// Adds the differences to the reports of a completed run as warnings; without any, records the schema as correct.
    /// </summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        foreach (var (before, after) in run.Uncompared)
        {
            var found = await FindAsync(before, after, cancellationToken).ConfigureAwait(false);
            run.Reports =
            [
                .. run.Reports.Select(report => report.Database == found.Database ? Add(report, found) : report),
            ];
        }
    }

    /// <summary>Finds the differences that may explain why a migration has failed.</summary>
    public async Task ExplainAsync(SetCheck before, CancellationToken cancellationToken)
    {
        List<DatabaseCheck> checks = [.. before.Databases];
        foreach (var schema in before.Uncompared)
        {
            try
            {
                checks.Add(Describe(schema, await CompareAsync(schema, cancellationToken).ConfigureAwait(false)));
            }
            // The failure is reported without an explanation.
            catch (Exception unexplained) when (unexplained is TimeoutException or OperationCanceledException) { }
        }
        run.DifferencesBefore = SchemaDifferences.Collect(before with { Databases = checks });
    }

    private async Task<DatabaseCheck> FindAsync(
        UncomparedSchema before,
        UncomparedSchema after,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var earlier = await CompareAsync(before, cancellationToken).ConfigureAwait(false);
            // A migration may have repaired what differed.
            var left = earlier.IsClean ? earlier : await CompareAsync(after, cancellationToken).ConfigureAwait(false);
            if (left.Fingerprints.Count > 0)
            {
                await after
                    .Database.Storage.TryWriteCacheAsync(
                        after.Database,
                        new DatabaseCache { Schema = after.Fingerprint }
                    )
                    .ConfigureAwait(false);
            }
            return Describe(after, left);
        }
        // The run is complete, whatever happens here.
        catch (Exception failure)
        {
            var warning = new ValidationWarning(
                ValidationWarningKind.NotChecked,
                null,
                $"the schema from before the run was not compared: {failure.Message}"
            );
            return new DatabaseCheck(after.Database.Name, [], [warning], 0, TimeSpan.Zero);
        }
    }

    private Task<SchemaCheck> CompareAsync(UncomparedSchema schema, CancellationToken cancellationToken) =>
        SchemaCheck.CreateAsync(
            schema,
            run.Services.Expected,
            (database, done, total) =>
                run.Report(ReplayProgress.Schema(database, done, total) with { Phase = run.Phase }),
            new WorkLimits(run.Options.ValidationTimeout, cancellationToken)
        );

    private static DatabaseCheck Describe(UncomparedSchema schema, SchemaCheck check) =>
        new(schema.Database.Name, check.Findings, check.Warnings, check.ChecksPerformed, TimeSpan.Zero);

    private static ValidationReport Add(ValidationReport report, DatabaseCheck found)
    {
        var earlier = NewDamage.Report(found, found.Findings, lost: [], _ => false, _ => false);
        return report with { Warnings = [.. report.Warnings, .. earlier.Warnings] };
    }
}
