namespace RagStudio.Data.Migrator;

/// <summary>A migration to apply or revert, with its findings.</summary>
/// <param name="Version">EF's migration id.</param>
/// <param name="Name">The id without its timestamp.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="RebuildsTable">True if it copies a whole table, which takes time and space.</param>
/// <param name="DestructiveReason">
/// The reason that its <see cref="DestructiveMigrationAttribute"/> gives; <see langword="null"/> without one.
/// </param>
/// <param name="TimeLimit">The time limit.</param>
/// <param name="Sql">The SQL that it runs; empty if it is not known.</param>
/// <param name="Findings">The findings, counted in the present rows.</param>
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
    /// <summary>True if it destroys existing data; never on an empty database.</summary>
    public bool Destructive => Findings.Any(finding => finding.IsDestructive);

    /// <summary>
    /// The reason for the consent given in <see cref="MigrationOptions.DestructiveConsents"/>; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public string? ConsentReason { get; init; }

    /// <summary>
    /// The destructive findings that the migration does not declare and the user has not consented to.
    /// </summary>
    internal IReadOnlyList<PlanFinding> Unannounced { get; init; } = [];

    /// <summary>The present tables, and columns of them, that have the name of one that it creates.</summary>
    internal IReadOnlyList<(string Table, string? Column)> Taken { get; init; } = [];

    /// <summary>The rows that it may remove once there is consent.</summary>
    internal IReadOnlyList<NamedRows> Named { get; init; } = [];

    /// <summary>
    /// True if only running it shows what it destroys, for example if it replaces a table with a copy.
    /// </summary>
    internal bool IsUncertain { get; init; }

    /// <summary>True if its author or the options consent to all findings.</summary>
    internal bool HasConsent => DestructiveReason is not null || ConsentReason is not null;
}
