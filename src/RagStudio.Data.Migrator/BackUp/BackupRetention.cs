namespace RagStudio.Data.Migrator.BackUp;

/// <summary>
/// The number of backup sets to keep, their maximum age and their maximum total size. Sets that a user
/// requested are counted separately: they never displace those made by runs, nor vice versa.
/// </summary>
internal sealed record BackupRetention(int Count, TimeSpan? MaxAge = null, long? MaxBytes = null)
{
    /// <summary>The sets kept from killed runs for inspection: a restart loop creates one each time.</summary>
    private const int InterruptedCount = 2;

    public static BackupRetention From(MigrationOptions options) =>
        new(options.BackupsToKeep, options.BackupMaxAge, options.BackupMaxBytes);

    /// <param name="sets">All sets that may be removed, in any order.</param>
    /// <param name="now">The time from which ages are measured.</param>
    /// <param name="isNeeded">
    /// Returns true for a set that must stay because an unfinished run would be undone with it.
    /// </param>
    /// <param name="combinationOf">
    /// Returns the combination of databases that a set contains: each has its own full quota.
    /// </param>
    /// <returns>
    /// The sets to remove, oldest first. Of each quota these are never removed: the newest usable one, the newest
    /// verified one, and the oldest usable one made before the same migrations. If those migrations fail at
    /// every start, it is the one from before all attempts.
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
            .SelectMany(quota => quota.Skip(quota.Key.Item2 == BackupReason.Interrupted ? InterruptedCount : Count))
            .Concat(newestFirst.Where(set => now - set.CreatedAt > MaxAge))
            .Concat(Beyond(newestFirst))
            .ToHashSet();
        excess.ExceptWith(quotas.Where(quota => quota.Key.Item2 != BackupReason.Interrupted).SelectMany(Kept));
        excess.RemoveWhere(set => isNeeded?.Invoke(set) == true);
        return [.. newestFirst.Where(excess.Contains).Reverse()];
    }

    /// <summary>Whatever a run is about to do, its backup counts like that of a migration.</summary>
    private static BackupReason QuotaOf(BackupSet set) =>
        set.Reason is BackupReason.Interrupted or BackupReason.Manual ? set.Reason : BackupReason.BeforeMigration;

    private static IEnumerable<BackupSet> Kept(IEnumerable<BackupSet> newestFirst)
    {
        var usable = newestFirst.Where(set => set.IsUsable).ToArray();
        return usable is [var newest, ..]
            ?
            [
                newest,
                Array.Find(usable, set => set.Verified) ?? newest,
                usable.LastOrDefault(set => IsSameAttempt(set, newest)) ?? newest,
            ]
            : [];
    }

    private static bool IsSameAttempt(BackupSet set, BackupSet newest) =>
        (set.Reason, newest.Reason) == (BackupReason.BeforeMigration, BackupReason.BeforeMigration)
        && MigrationsOf(set).SequenceEqual(MigrationsOf(newest));

    /// <summary>
    /// The migrations without the databases' names, which may change between two attempts. The sets contain
    /// the same databases.
    /// </summary>
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
