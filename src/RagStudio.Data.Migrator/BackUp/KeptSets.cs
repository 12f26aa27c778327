using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>The sets that the storages themselves keep of what migrations have dropped.</summary>
internal sealed class KeptSets(MigrationSet set)
{
    /// <exception cref="DatabaseAccessException">A storage cannot be read.</exception>
    public async Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken).ConfigureAwait(false)).Select(kept => kept.Set)];

    /// <summary>Lists them together with other sets, newest first.</summary>
    public async Task<IReadOnlyList<BackupSet>> JoinAsync(
        IReadOnlyList<BackupSet> others,
        CancellationToken cancellationToken
    )
    {
        var kept = await ListAsync(cancellationToken).ConfigureAwait(false);
        return kept.Count == 0
            ? others
            : [.. others.Concat(kept).OrderByDescending(one => one.Id, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<BackupVerification>> VerifyAsync(WorkLimits limits)
    {
        var results = new List<BackupVerification>();
        var read = await ReadAsync(limits.Token).ConfigureAwait(false);
        foreach (var (store, kept) in read.Where(one => one.Set.IsKept))
        {
            results.Add(new BackupVerification(kept, await store.VerifyAsync(kept.Id, limits).ConfigureAwait(false)));
        }
        return results;
    }

    /// <summary>Removes those that are not kept any longer. Each storage has its full quota.</summary>
    /// <returns>The removed sets.</returns>
    public async Task<IReadOnlyList<BackupSet>> PruneAsync(
        BackupRetention retention,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var removed = new List<BackupSet>();
        foreach (var store in Stores)
        {
            var kept = await store.ListAsync(cancellationToken).ConfigureAwait(false);
            var excess = retention.Excess([.. kept.Where(one => one.IsKept)], now);
            if (excess.Count > 0)
            {
                await store.RemoveAsync([.. excess.Select(one => one.Id)], cancellationToken).ConfigureAwait(false);
                removed.AddRange(excess);
            }
        }
        return removed;
    }

    private IEnumerable<IKeepsakeStore> Stores =>
        set.Storages.Select(storage => storage.Keepsakes).OfType<IKeepsakeStore>();

    private async Task<IReadOnlyList<(IKeepsakeStore Store, BackupSet Set)>> ReadAsync(
        CancellationToken cancellationToken
    )
    {
        var read = new List<(IKeepsakeStore, BackupSet)>();
        foreach (var store in Stores)
        {
            var kept = await store.ListAsync(cancellationToken).ConfigureAwait(false);
            read.AddRange(kept.Select(one => (store, one)));
        }
        return [.. read.OrderByDescending(one => one.Item2.Id, StringComparer.Ordinal)];
    }
}
