using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Collects the questions that pending migrations make.</summary>
internal sealed class CandidateFindings
{
    private readonly List<CandidateFinding> _candidates = [];
    private readonly HashSet<KnownMigration> _uncertain = [];
    private KnownMigration _migration = null!;

    /// <summary>The migrations of which only running them tells whether they lose anything.</summary>
    public IReadOnlyCollection<KnownMigration> Uncertain => _uncertain;

    public IReadOnlyList<CandidateFinding> All => _candidates;

    /// <summary>The questions are one migration's from here on.</summary>
    public void Begin(KnownMigration migration) => _migration = migration;

    /// <summary>The migration does something by its own SQL that may lose rows and need not.</summary>
    public void MarkUncertain() => _uncertain.Add(_migration);

    /// <summary>Takes back what a later operation makes good.</summary>
    public void Withdraw(Predicate<CandidateFinding> isSettled) => _candidates.RemoveAll(isSettled);

    public static bool IsAbout(CandidateFinding candidate, string what) =>
        string.Equals(candidate.What, what, StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks the live data, unless the table is not there yet.</summary>
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

    public void Add(PlanFindingKind kind, PlannedTable? table, Func<CandidateFinding, CandidateFinding>? complete = null)
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
