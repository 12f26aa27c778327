namespace RagStudio.Data.Migrator.BackUp;

/// <summary>
/// How many backup sets are kept, how old they may become and how many bytes they may take together. Those that somebody asked for are counted by
/// themselves: they never push out those that runs made, nor the other way round.
/// </summary>
internal sealed record BackupRetention(int Count, TimeSpan? MaxAge = null, long? MaxBytes = null)
{
    /// <summary>What runs that died left is kept for people to look at, but not for ever: a restart loop makes one each time.</summary>
    private const int InterruptedCount = 2;

    private enum Quota
    {
        Runs,
        Manual,
        Interrupted,
    }

    public static BackupRetention From(MigrationOptions options) =>
        new(options.BackupsToKeep, options.BackupMaxAge, options.BackupMaxBytes);

    /// <param name="sets">All sets that may be removed, in any order.</param>
    /// <param name="now">The time by which they are old.</param>
    /// <param name="isNeeded">Tells a set that must stay, because an unfinished run is undone with it.</param>
    /// <param name="combinationOf">Tells which choice of databases a set is of: each has the whole quota.</param>
    /// <returns>
    /// The sets to remove, the oldest first. The newest verified set of each quota is never among them, nor is the oldest one that was made
    /// before the same migrations: where these fail at every start, it is the one from before all attempts.
    /// </returns>
    public IReadOnlyList<BackupSet> Excess(
        IReadOnlyList<BackupSet> sets,
        DateTimeOffset now,
        Func<BackupSet, bool>? isNeeded = null,
        Func<BackupSet, string>? combinationOf = null
    )
    {
        var newestFirst = sets.OrderByDescending(set => set.Id, StringComparer.Ordinal).ToArray();
        var quotas = newestFirst.GroupBy(set => (combinationOf?.Invoke(set), QuotaOf(set))).ToArray();
        var excess = quotas
            .SelectMany(quota => quota.Skip(quota.Key.Item2 == Quota.Interrupted ? InterruptedCount : Count))
            .Concat(newestFirst.Where(set => now - set.CreatedAt > MaxAge))
            .Concat(Beyond(newestFirst))
            .ToHashSet();
        excess.ExceptWith(quotas.Where(quota => quota.Key.Item2 != Quota.Interrupted).SelectMany(Kept));
        excess.RemoveWhere(set => isNeeded?.Invoke(set) == true);
        return [.. newestFirst.Where(excess.Contains).Reverse()];
    }

    private static Quota QuotaOf(BackupSet set) =>
        set.Reason switch
        {
            BackupReason.Interrupted => Quota.Interrupted,
            BackupReason.Manual => Quota.Manual,
            _ => Quota.Runs,
        };

    private static IEnumerable<BackupSet> Kept(IEnumerable<BackupSet> newestFirst)
    {
        var good = newestFirst.Where(set => set.Verified).ToArray();
        return good is [var newest, ..]
            ? [newest, good.LastOrDefault(set => IsSameAttempt(set, newest)) ?? newest]
            : [];
    }

    private static bool IsSameAttempt(BackupSet set, BackupSet newest) =>
        (set.Reason, newest.Reason) == (BackupReason.BeforeMigration, BackupReason.BeforeMigration)
        && MigrationsOf(set).SequenceEqual(MigrationsOf(newest));

    /// <summary>Without the names, which are for people and may change between two attempts. The sets are of the same databases.</summary>
    private static IEnumerable<string?> MigrationsOf(BackupSet set) =>
        set.Databases.Select(database => database.MigrationId).Order(StringComparer.Ordinal);

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
