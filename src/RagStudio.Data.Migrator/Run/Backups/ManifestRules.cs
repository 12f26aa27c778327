namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// Validates every field of a manifest before any decision or path is based on it. Anyone may have written
/// the file: the serializer omits missing fields, and accepts null for non-nullable ones.
/// </summary>
internal static class ManifestRules
{
    /// <summary>More than any disk holds, and small enough to add up the sizes of all sets.</summary>
    private const long MaxBytes = 1L << 53;

    private static readonly char[] NotInNames = Path.GetInvalidFileNameChars();

    /// <returns>The fault, as a predicate; <see langword="null"/> if there is none.</returns>
    public static string? FaultOf(BackupSet set) =>
        set.FormatVersion is < BackupManifest.FormatVersion or > BackupManifest.FormatWithClones
            ? $"is of format {set.FormatVersion}, which this program does not know"
        : string.IsNullOrEmpty(set.Id) ? "has no id"
        : string.IsNullOrEmpty(set.RunId) ? "names no run"
        : set.ProgramVersion is null ? "names no version of the program"
        : set.CreatedAt == default ? "does not say when it was made"
        : !Enum.IsDefined(set.Reason) ? "gives an unknown reason"
        : set.Databases is null ? "has no databases"
        : set.Databases.Select(FaultOf).FirstOrDefault(fault => fault is not null)
            ?? (
                set.FormatVersion < BackupManifest.FormatOf(set.Databases)
                    ? "has a clone, which its format has not"
                    : null
            )
            ?? FaultOfAll(set.Databases);

    private static string? FaultOf(BackupDatabase? database) =>
        database is null ? "has a database that is null"
        : !IsText(database.Name) ? "has a database without a usable name"
        : database.File is { } file && !IsFileName(file) ? "names a file outside its folder"
        : database.MigrationId is "" ? "has a migration without a name"
        : database.Bytes < 0 || database.Pages < 0 ? "counts bytes or pages below zero"
        : database.Rows?.Values.Any(rows => rows < 0) == true ? "counts rows below zero"
        : !Enum.IsDefined(database.Kind) ? "has a copy of an unknown kind"
        : !IsPath(database.Path) || !IsPath(database.RelativePath) ? "has a path that is none"
        : null;

    private static string? FaultOfAll(IReadOnlyList<BackupDatabase> databases) =>
        databases.DistinctBy(database => database.Name, StringComparer.Ordinal).Count() != databases.Count
            ? "has two databases of one name"
        : databases.Aggregate(Int128.Zero, (sum, database) => sum + database.Bytes) > MaxBytes
            ? "counts more bytes than there can be"
        : null;

    private static bool IsText(string? text) =>
        !string.IsNullOrEmpty(text) && !text.Contains('\0', StringComparison.Ordinal);

    private static bool IsPath(string? path) => path is null || IsText(path);

    /// <summary>True for a name in the set's own folder, other than the manifest's.</summary>
    private static bool IsFileName(string file) =>
        file is not ("" or "." or ".." or BackupManifest.FileName) && file.IndexOfAny(NotInNames) < 0;
}
