namespace RagStudio.Data.Migrator;

/// <summary>Decides which backup sets may go.</summary>
internal static class BackupRetention
{
    /// <returns>The sets to remove, the oldest first. The newest verified set is never among them.</returns>
    public static IReadOnlyList<BackupSet> Excess(IReadOnlyList<BackupSet> sets, int keep)
    {
        var newestFirst = sets.OrderByDescending(set => set.Id, StringComparer.Ordinal).ToArray();
        var newestGood = newestFirst.FirstOrDefault(set => set.Verified);
        return [.. newestFirst.Skip(keep).Where(set => set != newestGood).Reverse()];
    }
}
