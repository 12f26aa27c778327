namespace RagStudio.Data.Migrator;

/// <summary>What a rehearsal on copies of the databases showed.</summary>
/// <param name="Databases">Every database of the set with the migrations that were tried and how long they took.</param>
/// <param name="Rows">The tables whose number of rows was another after it.</param>
/// <param name="PeakDiskBytes">The most bytes that the copies took, with all that belongs to them.</param>
/// <param name="Duration">How long it took, the copying included.</param>
/// <param name="Error">Why it failed; <see langword="null"/> where all went well.</param>
public sealed record RehearsalReport(
    IReadOnlyList<DatabaseMigrations> Databases,
    IReadOnlyList<RowDifference> Rows,
    long PeakDiskBytes,
    TimeSpan Duration,
    string? Error
)
{
    /// <summary>Whether the migrations may be expected to go well on the databases themselves.</summary>
    public bool Success => Error is null;
}
