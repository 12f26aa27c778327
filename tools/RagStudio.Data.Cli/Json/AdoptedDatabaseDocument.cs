using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>A database in the JSON of <c>adopt</c>.</summary>
internal sealed record AdoptedDatabaseDocument(
    string Name,
    AdoptionCase Case,
    string? Version,
    string Finding,
    IReadOnlyList<string> EqualVersions,
    IReadOnlyList<VersionDifferences> Nearest,
    IReadOnlyList<string> Differences,
    IReadOnlyList<string> AddedRows,
    IReadOnlyList<string> RemovedRows,
    IReadOnlyList<string> UnexpectedTables,
    IReadOnlyList<LeftoverTable> Leftovers,
    IReadOnlyList<string> Choices,
    string? Refusal
)
{
    public AdoptedDatabaseDocument(DatabaseAdoption database)
        : this(
            database.Database,
            database.Case,
            database.Version,
            database.Finding,
            database.EqualVersions,
            database.Nearest,
            database.Differences,
            database.AddedRows,
            database.RemovedRows,
            database.UnexpectedTables,
            database.Leftovers,
            database.Choices,
            database.Refusal
        ) { }
}
