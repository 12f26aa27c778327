namespace RagStudio.Data.Migrator.Providers;

/// <summary>The findings of the checks of a storage.</summary>
/// <param name="Findings">The findings of each check in each table; empty if there are none.</param>
/// <param name="ChecksPerformed">The number of checks made.</param>
public sealed record StorageCheck(IReadOnlyList<ValidationFinding> Findings, int ChecksPerformed)
{
    /// <summary>The name of the check whose findings mean that the content cannot be trusted.</summary>
    public const string Structure = "structure";

    /// <summary>
    /// The name of the check that counts the rows of a table that violate one of its constraints, once each,
    /// without naming them.
    /// </summary>
    public const string Constraints = "constraints";

    /// <summary>The name of the check of the content of indexes, if the tables themselves are intact.</summary>
    public const string Indexes = "indexes";

    /// <summary>The name of the check of virtual tables' content, by their own modules.</summary>
    public const string VirtualTables = "virtual tables";

    /// <summary>
    /// The name of the check of foreign keys to columns that are not a key, which cannot be used to check any
    /// row.
    /// </summary>
    public const string ForeignKeys = "foreign keys";

    /// <summary>
    /// The name of the check of the generators of numbers that would repeat a number. It does not fail a run: nothing is
    /// lost, and setting the generator is enough.
    /// </summary>
    public const string Sequences = "sequences";

    /// <summary>The check of a storage without content.</summary>
    public static StorageCheck Clean { get; } = new([], 0);

    /// <summary>The checks that could not be made, with the reasons, as shown to users.</summary>
    public IReadOnlyList<string> NotChecked { get; init; } = [];

    /// <summary>
    /// What a full check lacks here, with the reasons, as shown to users who asked for <see cref="CheckDepth.Full"/>.
    /// </summary>
    public IReadOnlyList<string> Unavailable { get; init; } = [];

    /// <summary>What may become damage.</summary>
    public IReadOnlyList<ValidationWarning> Warnings { get; init; } = [];

    /// <summary>True if the structure itself is damaged, so the content cannot be trusted.</summary>
    public bool IsDamaged => Findings.Any(finding => finding.Check == Structure);

    /// <summary>The other messages about it, as shown to users; <see langword="null"/> if there are none.</summary>
    internal string? Warning =>
        IsDamaged || Findings.Count + NotChecked.Count == 0
            ? null
            : string.Join("; ", [.. Findings.Select(finding => finding.First[0].Detail), .. NotChecked]);

    /// <summary>The first damage of the structure, as shown to users.</summary>
    internal string Damage => Findings.First(finding => finding.Check == Structure).First[0].Detail;

    /// <summary>The error of work that needs a sound structure.</summary>
    internal DatabaseAccessException DescribeDamage(IDatabaseStorage storage, MigrationPhase phase) =>
        new(phase, storage.DisplayName, DatabaseProblem.Corrupt, Damage);
}
