namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What the migrator's history in a storage records about the storage as a whole, regardless of its
/// databases' names.
/// </summary>
/// <param name="Origin">
/// The <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/> of its first line, or another value unique to
/// that line if it has none: the same for a storage and all copies of it, and different for any other
/// storage. <see langword="null"/> if there are no lines.
/// </param>
/// <param name="LastRunId">
/// The last run that applied, reverted or restored anything; <see langword="null"/> if there is none.
/// </param>
/// <param name="LastChangedAt">The time of that change.</param>
public sealed record HistoryTrace(string? Origin, string? LastRunId, DateTimeOffset? LastChangedAt)
{
    /// <summary>The trace of a storage without a history.</summary>
    public static HistoryTrace None { get; } = new(null, null, null);
}
