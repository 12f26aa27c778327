namespace RagStudio.Data.Migrator;

/// <summary>Every storage of a set that exists, open for reading, each as it was when it was opened.</summary>
internal sealed class SetReaders : IAsyncDisposable
{
    private readonly Dictionary<IDatabaseStorage, IStorageReader> _readers = [];

    public IReadOnlyDictionary<IDatabaseStorage, IStorageReader> All => _readers;

    public static async Task<SetReaders> OpenAsync(MigrationSet set, CancellationToken cancellationToken)
    {
        var readers = new SetReaders();
        try
        {
            foreach (var storage in set.Storages)
            {
                if (await storage.OpenReaderAsync(cancellationToken).ConfigureAwait(false) is { } reader)
                {
                    readers._readers[storage] = reader;
                }
            }
            return readers;
        }
        catch
        {
            await readers.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers.Values)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }
}
