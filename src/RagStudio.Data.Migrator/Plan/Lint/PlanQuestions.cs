using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Collects the questions that pending migrations make.</summary>
internal sealed class PlanQuestions
{
    private readonly List<PlanQuestion> _questions = [];
    private readonly HashSet<KnownMigration> _uncertain = [];
    private KnownMigration _migration = null!;

    /// <summary>The migrations of which only running them tells whether they lose anything.</summary>
    public IReadOnlyCollection<KnownMigration> Uncertain => _uncertain;

    public IReadOnlyList<PlanQuestion> All => _questions;

    /// <summary>The questions are one migration's from here on.</summary>
    public void Begin(KnownMigration migration) => _migration = migration;

    /// <summary>The migration does something by its own SQL that may lose rows and need not.</summary>
    public void Doubt() => _uncertain.Add(_migration);

    /// <summary>Takes back what a later operation makes good.</summary>
    public void Withdraw(Predicate<PlanQuestion> isAnswered) => _questions.RemoveAll(isAnswered);

    public static bool IsAbout(PlanQuestion question, string what) =>
        string.Equals(question.What, what, StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks the live data, unless the table is not there yet.</summary>
    public void AskEvidence(
        PlanFindingKind kind,
        PlannedTable table,
        EvidenceKind evidence,
        Func<PlanQuestion, PlanQuestion> complete,
        params string[] columns
    )
    {
        if (table.LiveName is { } live)
        {
            Ask(kind, table, q => complete(q with { Evidence = new Evidence(evidence, live, columns) }));
        }
    }

    public void Ask(PlanFindingKind kind, PlannedTable? table, Func<PlanQuestion, PlanQuestion>? complete = null)
    {
        var question = new PlanQuestion(_migration, kind)
        {
            Table = table?.Name,
            LiveTable = table?.LiveName,
            IsChangedBefore = table?.IsChanged ?? false,
        };
        _questions.Add(complete?.Invoke(question) ?? question);
    }
}
