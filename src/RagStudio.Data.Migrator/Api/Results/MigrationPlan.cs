namespace RagStudio.Data.Migrator;

/// <summary>
/// The plan of a run: its migrations and findings. It is made without a lock, so another program may change the
/// databases before the run.
/// </summary>
/// <param name="Databases">Every database of the set, in the order of the run.</param>
/// <param name="DiskNeededBytes">
/// The free disk space that the run requires, including the backup; 0 if nothing is pending.
/// </param>
/// <param name="Refusal">The reason why the run would be refused; <see langword="null"/> if it would not.</param>
public sealed record MigrationPlan(IReadOnlyList<PlannedDatabase> Databases, long DiskNeededBytes, string? Refusal)
{
    /// <summary>
    /// The bytes that are rewritten or scanned while others cannot write them, or neither read nor write them; 0 if nothing
    /// is, or if the locks are not known. For how long that takes, only a rehearsal tells
    /// (<see cref="RehearsalReport.LockEstimate"/>).
    /// </summary>
    public long BlockedBytes =>
        Databases
            .SelectMany(database => database.Migrations)
            .SelectMany(migration => migration.Findings)
            .Where(finding => finding.Kind is PlanFindingKind.RewrittenTable or PlanFindingKind.ScannedTable)
            .Sum(finding => finding.Bytes);

    /// <summary>True if a pending migration destroys existing data.</summary>
    public bool IsDestructive => Databases.Any(database => database.Migrations.Any(m => m.Destructive));
}
