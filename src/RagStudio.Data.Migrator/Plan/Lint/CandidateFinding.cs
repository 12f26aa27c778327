using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>A finding about a migration that is reported only if the present data confirms it.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Kind">Its kind.</param>
internal sealed record CandidateFinding(KnownMigration Migration, PlanFindingKind Kind)
{
    /// <summary>The table by its name in the migration.</summary>
    public string? Table { get; init; }

    /// <summary>The table by its present name; <see langword="null"/> if it does not exist yet.</summary>
    public string? LiveTable { get; init; }

    /// <summary>The column by its name in the migration.</summary>
    public string? Column { get; init; }

    /// <summary>The statement, index, trigger or view concerned.</summary>
    public string? What { get; init; }

    /// <summary>The query that confirms it; <see langword="null"/> if it needs none.</summary>
    public DataQuery? Query { get; init; }

    /// <summary>True if the counted data is gone afterwards.</summary>
    public bool IsLoss { get; init; }

    /// <summary>True if only running the migrations shows if the counted data still exists by then.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>True if the operation copies the table, rather than dropping it.</summary>
    public bool IsRebuild { get; init; }

    /// <summary>The dropped column that makes an index or a trigger unfit for the rebuilt table.</summary>
    public string? Unfit { get; init; }

    /// <summary>True if the column is new.</summary>
    public bool IsNew { get; init; }

    /// <summary>True if a view has the name or receives it.</summary>
    public bool IsOfView { get; init; }

    /// <summary>
    /// True if an earlier statement changes the table's rows, so the evidence may be outdated by then.
    /// </summary>
    public bool IsChangedBefore { get; init; }
}
