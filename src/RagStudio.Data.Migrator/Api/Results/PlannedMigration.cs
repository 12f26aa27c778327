namespace RagStudio.Data.Migrator;

/// <summary>A migration that is to be applied or reverted, with what that would meet.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Name">The id without its time stamp.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="RebuildsTable">Whether it copies a whole table, which takes time and space.</param>
/// <param name="DestructiveReason">What its <see cref="DestructiveMigrationAttribute"/> says; <see langword="null"/> without one.</param>
/// <param name="TimeLimit">The longest that it may take.</param>
/// <param name="Sql">What it runs; empty where that is not known.</param>
/// <param name="Findings">What was found in it, with evidence from the rows that are there now.</param>
public sealed record PlannedMigration(
    string Version,
    string Name,
    MigrationKind Kind,
    bool RebuildsTable,
    string? DestructiveReason,
    TimeSpan TimeLimit,
    string Sql,
    IReadOnlyList<PlanFinding> Findings
)
{
    /// <summary>Whether it destroys something that is there now. On an empty database nothing does.</summary>
    public bool Destructive => Findings.Any(finding => finding.IsDestructive);

    /// <summary>Why somebody has agreed to what it destroys, by <see cref="MigrationOptions.DestructiveConsents"/>; else <see langword="null"/>.</summary>
    public string? ConsentReason { get; init; }

    /// <summary>What it destroys without having said so.</summary>
    internal IReadOnlyList<PlanFinding> Unannounced { get; init; } = [];

    /// <summary>The rows that it may take once somebody has agreed to it.</summary>
    internal IReadOnlyList<NamedRows> Named { get; init; } = [];

    /// <summary>Whether only running it tells if it destroys something, such as a table that it replaces by a copy of its own.</summary>
    internal bool IsUncertain { get; init; }

    /// <summary>Whether its author or somebody else has agreed to all that was named.</summary>
    internal bool HasConsent => DestructiveReason is not null || ConsentReason is not null;
}
