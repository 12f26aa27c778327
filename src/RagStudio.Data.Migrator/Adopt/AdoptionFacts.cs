using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>What a database shows.</summary>
/// <param name="Database">The database.</param>
/// <param name="Rows">The ids in EF's history, as they are there.</param>
/// <param name="Comparison">The same, compared with the program.</param>
internal sealed record AdoptionFacts(
    IMigrationDatabase Database,
    IReadOnlyList<string> Rows,
    MigrationComparison Comparison
)
{
    /// <summary>True if it has a table that a version makes.</summary>
    public bool HasTables { get; init; }

    /// <summary>What each version makes, if that was needed to compare it.</summary>
    public VersionSchemas? Versions { get; init; }

    /// <summary>
    /// For each version, from none at all on, how the schema differs from it; <see langword="null"/> for one that is known to
    /// differ.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ObjectDifference>?> Differences { get; init; } = [];

    /// <summary>Why <see cref="Differences"/> ends before the last version.</summary>
    public string? Problem { get; init; }

    /// <summary>True if the schema is what exactly the migrations in the history make.</summary>
    public bool IsAsHistory { get; init; }

    /// <summary>The columns of the program's tables that no version makes.</summary>
    public IReadOnlyList<string> UnknownColumns { get; init; } = [];

    public IReadOnlyList<string> UnexpectedTables { get; init; } = [];

    /// <summary>True if some of them are not a tool's records: another application may share the file.</summary>
    public bool HasOtherTables { get; init; }

    public IReadOnlyList<LeftoverTable> Leftovers { get; init; } = [];

    /// <summary>The migrations that may change rows, although they leave the schema as it is.</summary>
    public IReadOnlySet<string> DataMigrations { get; init; } = new HashSet<string>();
}
