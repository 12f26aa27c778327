using System.Runtime.ExceptionServices;

namespace RagStudio.Data.Migrator;

/// <summary>Every storage of the set, held for one run. Disposing lets go of them in the reverse order.</summary>
internal sealed class HeldStorages(MigrationRun run) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<HeldStorage> _held = [];

    public IReadOnlyList<HeldStorage> All => _held;

    public IStorageSession this[IDatabaseStorage storage] => _held.Find(held => held.Storage.Equals(storage))!.Session;

    /// <summary>
    /// The database whose access a backup set gets: one that was there before. One that this run has created, to restore what was lost, is as readable as the
    /// umask has it until it gets its copy's access.
    /// </summary>
    public string AccessSource => (_held.Find(held => held.Session.Existed) ?? _held[0]).Storage.Path;

    /// <summary>Takes the storages in their fixed order, so that two runs never wait for each other.</summary>
    public static async Task<HeldStorages> TakeAsync(MigrationRun run, CancellationToken cancellationToken)
    {
        var taken = new HeldStorages(run);
        try
        {
            foreach (var storage in run.Set.Storages)
            {
                run.Report(new MigrationProgress(MigrationPhase.Lock, run.Set.In(storage)[0].Name));
                var left = run.Options.LockTimeout - run.Elapsed;
                var opening = storage.OpenAsync(
                    run.Activity,
                    left > TimeSpan.Zero ? left : TimeSpan.Zero,
                    cancellationToken
                );
                var told = await TellOfHolderAsync(run, storage, opening).ConfigureAwait(false);
                var session = await opening.ConfigureAwait(false);
                taken._held.Add(new HeldStorage(storage, session));
                told?.Throw();
            }
            return taken;
        }
        catch
        {
            await taken.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A wait that lasts says for whom it is.</summary>
    /// <returns>What whoever watches threw: thrown on only when the storage is held, or nobody would ever release it.</returns>
    private static async Task<ExceptionDispatchInfo?> TellOfHolderAsync(
        MigrationRun run,
        IDatabaseStorage storage,
        Task opening
    )
    {
        if (opening.IsCompleted)
        {
            return null;
        }
        await Task.WhenAny(opening, Task.Delay(Patience, run.Time, CancellationToken.None)).ConfigureAwait(false);
        try
        {
            if (!opening.IsCompleted)
            {
                var holder = storage.FindHolder()?.ToString() ?? "another program";
                run.Report(
                    new MigrationProgress(MigrationPhase.Lock, run.Set.In(storage)[0].Name, Check: $"held by {holder}")
                );
            }
            return null;
        }
        catch (Exception failure)
        {
            return ExceptionDispatchInfo.Capture(failure);
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
            await ReleaseAsync(_held[i]).ConfigureAwait(false);
        }
        _held.Clear();
    }

    /// <summary>By now the run has ended, well or not: a storage that is not released cleanly neither changes that nor keeps the others held.</summary>
    private async Task ReleaseAsync(HeldStorage held)
    {
        try
        {
            await held.Session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            run.CouldNotTidy(held.Storage.Path, failure);
        }
    }
}
