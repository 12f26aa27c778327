namespace RagStudio.Data.Migrator.Providers;

/// <summary>The content of a copy of a storage, read from the copy itself.</summary>
/// <param name="Check">The result of the check of its structure.</param>
/// <param name="Rows">The number of rows of each table.</param>
/// <param name="Applied">The ids in EF's history of each requested database, by name.</param>
public sealed record CopyInspection(
    StorageCheck Check,
    IReadOnlyDictionary<string, long> Rows,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Applied
)
{
    /// <summary>
    /// The <see cref="HistoryTrace.Origin"/> of the storage that it was copied from; <see langword="null"/>
    /// if the copy does not record it.
    /// </summary>
    public string? Origin { get; init; }
}
