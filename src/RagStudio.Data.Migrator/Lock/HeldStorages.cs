namespace RagStudio.Data.Migrator;

/// <summary>Every storage of the set, held for one run. Disposing lets go of them in the reverse order.</summary>
internal sealed class HeldStorages : IAsyncDisposable
{
    private readonly List<HeldStorage> _held = [];

    public IReadOnlyList<HeldStorage> All => _held;

    public IStorageSession this[IDatabaseStorage storage] => _held.Find(held => held.Storage.Equals(storage))!.Session;

    /// <summary>Takes the storages in their fixed order, so that two runs never wait for each other.</summary>
    public static async Task<HeldStorages> TakeAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        var taken = new HeldStorages();
        try
        {
            foreach (var storage in run.Set.Storages)
            {
                run.Report(new MigrationProgress(MigrationPhase.Lock, run.Set.In(storage)[0].Name));
                var left = run.Options.LockTimeout - run.Elapsed;
                var session = await storage
                    .OpenAsync(run.Activity, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken)
                    .ConfigureAwait(false);
                taken._held.Add(new HeldStorage(storage, session));
            }
            return taken;
        }
        catch
        {
            await taken.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<IReadOnlyDictionary<IDatabaseStorage, StorageCheck>> CheckAsync(WorkLimits limits)
    {
        var checks = new Dictionary<IDatabaseStorage, StorageCheck>();
        foreach (var (storage, session) in _held)
        {
            checks[storage] = await session.CheckAsync(CheckDepth.Full, limits).ConfigureAwait(false);
        }
        return checks;
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _held.Count - 1; i >= 0; i--)
        {
            await _held[i].Session.DisposeAsync().ConfigureAwait(false);
        }

        _held.Clear();
    }
}
