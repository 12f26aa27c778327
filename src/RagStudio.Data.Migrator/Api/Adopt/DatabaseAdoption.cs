namespace RagStudio.Data.Migrator;

/// <summary>What was found in a database, and what adopting it does.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Case">What was found.</param>
/// <param name="Version">
/// The version that is recorded, <c>0</c> for none at all; <see langword="null"/> if none is recorded.
/// </param>
/// <param name="Finding">What was found, in sentences for people.</param>
public sealed record DatabaseAdoption(string Database, AdoptionCase Case, string? Version, string Finding)
{
    /// <summary>The versions that the schema is equal to, in order; <c>0</c> for no migration at all.</summary>
    public IReadOnlyList<string> EqualVersions { get; init; } = [];

    /// <summary>
    /// If the schema is equal to none: the nearest version, and for a half-applied migration the versions on both sides of it.
    /// </summary>
    public IReadOnlyList<VersionDifferences> Nearest { get; init; } = [];

    /// <summary>What stays different from <see cref="Version"/>, a sentence for each difference.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>The migrations that EF's history gets.</summary>
    public IReadOnlyList<string> AddedRows { get; init; } = [];

    /// <summary>The migrations that are removed from EF's history.</summary>
    public IReadOnlyList<string> RemovedRows { get; init; } = [];

    /// <summary>The tables that no version of the program makes, with the tool that a table's columns point to.</summary>
    public IReadOnlyList<string> UnexpectedTables { get; init; } = [];

    /// <summary>The tables that rebuilds of EF alone have left behind.</summary>
    public IReadOnlyList<LeftoverTable> Leftovers { get; init; } = [];

    /// <summary>A sentence for each choice and what it would do; empty if there is nothing to choose.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The reason why nothing is recorded without a choice; otherwise <see langword="null"/>.</summary>
    public string? Refusal { get; init; }

    /// <summary>True if anything is written.</summary>
    public bool IsChange =>
        Refusal is null
        && (AddedRows.Count > 0 || RemovedRows.Count > 0 || Leftovers.Any(leftover => leftover.IsDropped));
}
