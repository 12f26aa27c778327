namespace RagStudio.Data.Migrator;

/// <summary>What the checks of a storage found.</summary>
/// <param name="Errors">The first errors of each kind.</param>
/// <param name="Counts">How many errors there are in all, by kind and table.</param>
/// <param name="ChecksPerformed">How many checks were made.</param>
public sealed record StorageCheck(
    IReadOnlyList<ValidationError> Errors,
    IReadOnlyList<ErrorCount> Counts,
    int ChecksPerformed
)
{
    /// <summary>The check of a storage that holds nothing yet.</summary>
    public static StorageCheck Clean { get; } = new([], [], 0);

    /// <summary>Whether the structure itself is damaged, so that the content cannot be trusted.</summary>
    public bool IsDamaged => Counts.Any(count => count.Kind == ValidationErrorKind.Integrity);

    /// <summary>The same without what concerns the structure.</summary>
    internal StorageCheck WithoutStructure() =>
        this with
        {
            Counts = [.. Counts.Where(count => count.Kind != ValidationErrorKind.Integrity)],
        };
}
