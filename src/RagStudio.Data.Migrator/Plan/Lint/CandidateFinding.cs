using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>A finding about a migration that is reported only if the present data confirms it.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Kind">What it is.</param>
internal sealed record CandidateFinding(KnownMigration Migration, PlanFindingKind Kind)
{
    /// <summary>The table, as the migration calls it.</summary>
    public string? Table { get; init; }

    /// <summary>The table, as it is called now; <see langword="null"/> where it is not there yet.</summary>
    public string? LiveTable { get; init; }

    /// <summary>The column, as the migration calls it.</summary>
    public string? Column { get; init; }

    /// <summary>The statement, index, trigger or view that it is about.</summary>
    public string? What { get; init; }

    /// <summary>The query that confirms it; <see langword="null"/> if it needs none.</summary>
    public DataQuery? Query { get; init; }

    /// <summary>Whether what is counted is gone afterwards.</summary>
    public bool IsLoss { get; init; }

    /// <summary>Whether only running the migrations tells if what is counted is still there to be lost by then.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Whether the table is copied by it, and not dropped.</summary>
    public bool IsRebuild { get; init; }

    /// <summary>The dropped column because of which an index or a trigger does not fit the rebuilt table.</summary>
    public string? Unfit { get; init; }

    /// <summary>Whether the column is a new one.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether it is a view that has the name, or gets it.</summary>
    public bool IsOfView { get; init; }

    /// <summary>Whether a statement changes the table's rows before, so that the evidence may not be true any more by then.</summary>
    public bool IsChangedBefore { get; init; }
}
