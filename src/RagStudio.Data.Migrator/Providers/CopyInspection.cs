namespace RagStudio.Data.Migrator.Providers;

/// <summary>The content of a copy of a storage, read from the copy itself.</summary>
/// <param name="Check">The check of its structure.</param>
/// <param name="Rows">
/// The number of rows of each table; <see langword="null"/> if only restoring the copy would show them, because it only
/// says where the content is kept.
/// </param>
/// <param name="Applied">For each database asked for, by its name, the ids in EF's history; <see langword="null"/> as for the rows.</param>
public sealed record CopyInspection(
    StorageCheck Check,
    IReadOnlyDictionary<string, long>? Rows,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Applied
)
{
    /// <summary>The <see cref="HistoryTrace.Origin"/> of the storage that it is a copy of; <see langword="null"/> where the copy does not tell.</summary>
    public string? Origin { get; init; }

    /// <summary>
    /// Why the copy could only be read, not restored, to check it: a clause for people. Its rows and its migrations are
    /// unknown then.
    /// </summary>
    /// <value>Default: <see langword="null"/>, for one whose check is complete.</value>
    public string? NotRestored { get; init; }
}
