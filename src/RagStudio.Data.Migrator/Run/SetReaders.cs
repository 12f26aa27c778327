using System.Runtime.ExceptionServices;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>All existing storages of a set, open for reading.</summary>
internal sealed class SetReaders : IAsyncDisposable
{
    private readonly Dictionary<IDatabaseStorage, IStorageReader> _readers = [];
    private readonly Dictionary<IDatabaseStorage, StorageCheck> _unreadable = [];

    public IReadOnlyDictionary<IDatabaseStorage, IStorageReader> Readers => _readers;

    /// <summary>The storages whose first page cannot be read, with the findings.</summary>
    public IReadOnlyDictionary<IDatabaseStorage, StorageCheck> Unreadable => _unreadable;

    public static async Task<SetReaders> OpenAsync(MigrationSet set, CancellationToken cancellationToken)
    {
        var opened = new SetReaders();
        try
        {
            foreach (var storage in set.Storages)
            {
                await opened.OpenAsync(storage, cancellationToken).ConfigureAwait(false);
            }
            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Throws for work that needs all of them.</summary>
    /// <exception cref="DatabaseAccessException">A storage cannot be read.</exception>
    public void ThrowIfUnreadable()
    {
        foreach (var (storage, check) in _unreadable)
        {
            throw check.DescribeDamage(storage, MigrationPhase.Plan);
        }
    }

    /// <summary>Closes all of them, even if one fails.</summary>
    /// <exception cref="Exception">The first error.</exception>
    public async ValueTask DisposeAsync()
    {
        Exception? first = null;
        foreach (var reader in _readers.Values)
        {
            try
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                first ??= failure;
            }
        }
        _readers.Clear();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private async Task OpenAsync(IDatabaseStorage storage, CancellationToken cancellationToken)
    {
        try
        {
            if (await storage.OpenReaderAsync(cancellationToken).ConfigureAwait(false) is { } reader)
            {
                _readers[storage] = reader;
            }
        }
        // A validation exists to find damage: it reports an error for it, and continues with the other databases.
        catch (DatabaseAccessException failure)
            when (failure.Problem is DatabaseProblem.Corrupt or DatabaseProblem.NotADatabase)
        {
            var error = new ValidationError(ValidationErrorKind.Integrity, null, null, failure.Message);
            _unreadable[storage] = new StorageCheck([ValidationFinding.From(StorageCheck.Structure, error)], 1);
        }
    }
}
