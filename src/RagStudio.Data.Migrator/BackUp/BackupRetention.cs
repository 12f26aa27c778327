namespace RagStudio.Data.Migrator;

/// <summary>How many backup sets are kept, how old they may become and how many bytes they may take together.</summary>
internal sealed record BackupRetention(int Count, TimeSpan? MaxAge = null, long? MaxBytes = null)
{
    /// <summary>What runs that died left is kept for people to look at, but not for ever: a restart loop makes one each time.</summary>
    private const int InterruptedCount = 2;

    public static BackupRetention Of(MigrationOptions options) =>
        new(options.BackupsToKeep, options.BackupMaxAge, options.BackupMaxBytes);

    /// <param name="sets">All sets, in any order.</param>
    /// <param name="now">The time by which they are old.</param>
    /// <param name="needed">A set that must stay, because an unfinished run is undone with it.</param>
    /// <returns>
    /// The sets to remove, the oldest first. The newest verified set is never among them, nor is the oldest one that was made
    /// before the same migrations: where these fail at every start, it is the one from before all attempts.
    /// </returns>
    public IReadOnlyList<BackupSet> Excess(IReadOnlyList<BackupSet> sets, DateTimeOffset now, string? needed = null)
    {
        var newestFirst = sets.OrderByDescending(set => set.Id, StringComparer.Ordinal).ToArray();
        var good = newestFirst.Where(set => set.Reason != BackupReason.Interrupted).ToArray();
        var newestGood = good.FirstOrDefault(set => set.Verified);
        var firstGood = good.LastOrDefault(set => set.Verified && IsSameAttempt(set, newestGood!));
        var excess = good.Skip(Count)
            .Concat(newestFirst.Except(good).Skip(InterruptedCount))
            .Concat(newestFirst.Where(set => now - set.CreatedAt > MaxAge))
            .Concat(Beyond(newestFirst))
            .ToHashSet();
        excess.RemoveWhere(set => set == newestGood || set == firstGood || set.Id == needed);
        return [.. newestFirst.Where(excess.Contains).Reverse()];
    }

    private static bool IsSameAttempt(BackupSet set, BackupSet newest) =>
        (set.Reason, newest.Reason) == (BackupReason.BeforeMigration, BackupReason.BeforeMigration)
        && set.Databases.Select(Migration).SequenceEqual(newest.Databases.Select(Migration));

    private static (string, string?) Migration(BackupDatabase database) => (database.Name, database.MigrationId);

    private IEnumerable<BackupSet> Beyond(IReadOnlyList<BackupSet> newestFirst)
    {
        var bytes = 0L;
        foreach (var set in newestFirst)
        {
            bytes += set.SizeBytes;
            if (bytes > MaxBytes)
            {
                yield return set;
            }
        }
    }
}
