using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Collects the candidate findings of pending migrations.</summary>
internal sealed class CandidateFindings
{
    private readonly List<CandidateFinding> _candidates = [];
    private readonly HashSet<KnownMigration> _uncertain = [];
    private KnownMigration _migration = null!;

    /// <summary>The migrations that show their losses only when run.</summary>
    public IReadOnlyCollection<KnownMigration> Uncertain => _uncertain;

    public IReadOnlyList<CandidateFinding> All => _candidates;

    /// <summary>Begins a migration: further candidates belong to it.</summary>
    public void Begin(KnownMigration migration) => _migration = migration;

    /// <summary>Marks the migration as one whose SQL may, but need not, lose rows.</summary>
    public void MarkUncertain() => _uncertain.Add(_migration);

    /// <summary>Withdraws candidates that a later operation resolves.</summary>
    public void Withdraw(Predicate<CandidateFinding> isSettled) => _candidates.RemoveAll(isSettled);

    /// <summary>Adds a candidate that the present data must confirm, unless the table does not exist yet.</summary>
    public void AddCounted(
        PlanFindingKind kind,
        PlannedTable table,
        DataQueryKind evidence,
        Func<CandidateFinding, CandidateFinding> complete,
        params string[] columns
    )
    {
        if (table.LiveName is { } live)
        {
            Add(kind, table, c => complete(c with { Query = new DataQuery(evidence, live, columns) }));
        }
    }

    public void Add(
        PlanFindingKind kind,
        PlannedTable? table,
        Func<CandidateFinding, CandidateFinding>? complete = null
    )
    {
        var candidate = new CandidateFinding(_migration, kind)
        {
            Table = table?.Name,
            LiveTable = table?.LiveName,
            IsChangedBefore = table?.IsChanged ?? false,
        };
        _candidates.Add(complete?.Invoke(candidate) ?? candidate);
    }
}
