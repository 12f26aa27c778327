using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Adds to a plan what the databases themselves say about the pending migrations.</summary>
/// <param name="set">The set.</param>
/// <param name="plans">What is applied and pending in every database of it.</param>
internal sealed class PendingLint(MigrationSet set, IEnumerable<MigrationComparison> plans)
{
    /// <param name="steps">The migrations of each database.</param>
    /// <param name="planned">The findings so far, for each of <paramref name="steps"/>.</param>
    /// <param name="findsLocks">True to find locks too.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The findings with the new ones.</returns>
    public async Task<IReadOnlyList<PlannedDatabase>> CompleteAsync(
        IEnumerable<DatabasePlan> steps,
        IEnumerable<PlannedDatabase> planned,
        bool findsLocks,
        CancellationToken cancellationToken
    )
    {
        var completed = new List<PlannedDatabase>();
        foreach (var (step, database) in steps.Zip(planned))
        {
            var found = await FindAsync(step, findsLocks, cancellationToken).ConfigureAwait(false);
            var byVersion = found.ToLookup(finding => finding.Version, finding => finding.Finding);
            completed.Add(
                database with
                {
                    Migrations =
                    [
                        .. database.Migrations.Select(migration =>
                            migration with
                            {
                                Findings = Merge(migration.Findings, byVersion[migration.Version]),
                            }
                        ),
                    ],
                }
            );
        }
        return completed;
    }

    /// <summary>Finds what a database says.</summary>
    public Task<IReadOnlyList<MigrationFinding>> FindAsync(
        DatabasePlan step,
        bool findsLocks,
        CancellationToken cancellationToken
    )
    {
        var database = step.Database;
        var applied = plans.Single(plan => plan.Database == database.Name).Applied;
        return step.Versions.Count == 0
            ? Task.FromResult<IReadOnlyList<MigrationFinding>>([])
            : database.LintAsync(
                new LintRequest(
                    applied,
                    step.Versions,
                    step.IsReverting ? null : CompiledLookup.FindCurrent(database, [.. applied, .. step.Versions]),
                    (version, when) => set.CodeFor(database.Name, version, when),
                    findsLocks
                )
                {
                    IsReverting = step.IsReverting,
                },
                cancellationToken
            );
    }

    /// <summary>Duplicates that are found again, and refused, are told once.</summary>
    private static IReadOnlyList<PlanFinding> Merge(IReadOnlyList<PlanFinding> known, IEnumerable<PlanFinding> added)
    {
        PlanFinding[] found = [.. added];
        return
        [
            .. known.Where(finding =>
                finding.Kind != PlanFindingKind.UniqueViolation
                || !found.Any(other =>
                    other.Kind == PlanFindingKind.DuplicatesAfterCommit
                    && (other.Table, other.Column) == (finding.Table, finding.Column)
                )
            ),
            .. found,
        ];
    }
}
