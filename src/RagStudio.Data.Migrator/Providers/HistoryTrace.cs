namespace RagStudio.Data.Migrator.Providers;

/// <summary>What the migrator's history in a storage tells of the storage as a whole, whatever its databases are called.</summary>
/// <param name="Origin">
/// Its first line's <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/>, or what else is the line's own where it has none: one for a storage and all copies of it, another for any
/// other storage. <see langword="null"/> where there is no line.
/// </param>
/// <param name="LastRunId">The run that was the last to apply, revert or restore anything; <see langword="null"/> where none did.</param>
/// <param name="LastChangedAt">When it did.</param>
public sealed record HistoryTrace(string? Origin, string? LastRunId, DateTimeOffset? LastChangedAt)
{
    /// <summary>That of a storage without a history.</summary>
    public static HistoryTrace None { get; } = new(null, null, null);
}
