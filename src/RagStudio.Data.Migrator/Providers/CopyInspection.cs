namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a copy of a storage holds, read from the copy itself.</summary>
/// <param name="Check">Whether its structure is whole.</param>
/// <param name="Rows">The number of rows of each table.</param>
/// <param name="Applied">For each database asked for, by its name, the ids in EF's history.</param>
public sealed record CopyInspection(
    StorageCheck Check,
    IReadOnlyDictionary<string, long> Rows,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Applied
)
{
    /// <summary>The <see cref="HistoryTrace.Origin"/> of the storage that it is a copy of; <see langword="null"/> where the copy does not tell.</summary>
    public string? Origin { get; init; }
}
