using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>Estimates from a rehearsal for how long the run will hold its table locks.</summary>
/// <param name="run">The run.</param>
/// <param name="readers">The existing databases.</param>
/// <param name="copied">How much of them the copies have.</param>
internal sealed class LockScale(
    MigrationRun run,
    IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
    IReadOnlyDictionary<IDatabaseStorage, IReadOnlyList<ClonedTable>> copied
)
{
    private double All { get; } = Ratio(copied.Values.SelectMany(tables => tables), table => table.TotalRows);

    /// <param name="rehearsed">The result on the copies.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The estimate; <see langword="null"/> if the storages hold no locks, or nobody can tell which.</returns>
    public async Task<LockEstimate?> EstimateAsync(MigrationSummary rehearsed, CancellationToken cancellationToken)
    {
        if (rehearsed.LocksHeld is not { } held)
        {
            return null;
        }
        var findings = All > 1 ? await LintAsync(cancellationToken).ConfigureAwait(false) : [];
        if (findings.Any(pair => pair.Finding.Finding.Kind == PlanFindingKind.LocksNotChecked))
        {
            return null;
        }
        var scaled =
            from database in rehearsed.Databases
            from migration in database.Migrations
            select migration.Duration
                * ScaleOf(
                    migration.Kind == MigrationKind.Data || HasCode(database.Name, migration.Version),
                    copied.GetValueOrDefault(run.Set.Storage(database.Name)) ?? [],
                    findings
                        .Where(pair => pair.Database == database.Name && pair.Finding.Version == migration.Version)
                        .Select(pair => pair.Finding.Finding)
                );
        var migrations = rehearsed.Databases.SelectMany(database => database.Migrations).ToArray();
        var rest = held - migrations.Aggregate(TimeSpan.Zero, (sum, migration) => sum + migration.Duration);
        return new LockEstimate(
            scaled.Aggregate(TimeSpan.Zero, (sum, duration) => sum + duration),
            rest > TimeSpan.Zero ? rest * All : TimeSpan.Zero
        );
    }

    private double ScaleOf(bool changesData, IReadOnlyList<ClonedTable> tables, IEnumerable<PlanFinding> findings)
    {
        var worked = findings
            .Where(finding => finding.Kind is PlanFindingKind.RewrittenTable or PlanFindingKind.ScannedTable)
            .GroupBy(finding => finding.Table, finding => finding.Bytes)
            .ToDictionary(table => table.Key ?? "", table => table.Max());
        var scanned = Ratio(tables.Where(table => worked.ContainsKey(table.Table)), table => worked[table.Table]);
        return worked.Count > 0 ? scanned
            : changesData ? All
            : 1;
    }

    private bool HasCode(string database, string version) =>
        run.Set.CodeFor(database, version, CodeMoment.Before).Count > 0
        || run.Set.CodeFor(database, version, CodeMoment.After).Count > 0;

    /// <summary>How much more all of the tables are than what was copied of them, by a weight of each.</summary>
    private static double Ratio(IEnumerable<ClonedTable> tables, Func<ClonedTable, long> weigh)
    {
        ClonedTable[] filled = [.. tables.Where(table => table.Rows > 0)];
        var whole = filled.Sum(table => (double)weigh(table));
        var part = filled.Sum(table => (double)weigh(table) * table.Rows / table.TotalRows);
        return part > 0 ? Math.Max(1, whole / part) : 1;
    }

    private async Task<List<(string Database, MigrationFinding Finding)>> LintAsync(CancellationToken cancellationToken)
    {
        var plans = await ComparisonReader
            .ReadAsync(run.Set, readers.GetValueOrDefault, report: null, cancellationToken)
            .ConfigureAwait(false);
        var lint = new PendingLint(run.Set, plans);
        var findings = new List<(string, MigrationFinding)>();
        foreach (var step in DatabasePlan.Forward(run.Set.Databases, plans, ForwardTarget.Resolve(run, plans)))
        {
            var found = await lint.FindAsync(step, findsLocks: true, cancellationToken).ConfigureAwait(false);
            findings.AddRange(found.Select(finding => (step.Database.Name, finding)));
        }
        return findings;
    }
}
