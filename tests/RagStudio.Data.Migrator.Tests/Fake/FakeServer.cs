using System.Collections.Concurrent;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>What fake storages are in: memory. Their locks are known to this process alone.</summary>
internal sealed class FakeServer(bool isTransactional = false)
{
    private const string Scheme = "fake://";

    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FakeJournal> _journals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);

    /// <summary>True if a run is one transaction, which undoes it; otherwise it is undone by restoring a copy.</summary>
    public bool IsTransactional { get; } = isTransactional;

    /// <summary>The journal of the sets whose first storage is there.</summary>
    public FakeJournal JournalOf(string key) => _journals.GetOrAdd(key, _ => new FakeJournal(key + ".journal"));

    public static string KeyOf(string name) => Scheme + name;

    /// <summary>True if a storage may be created there: not within another one, as in a folder that is missing.</summary>
    public static bool HasRoomFor(string key) =>
        !key.StartsWith(Scheme, StringComparison.Ordinal)
        || !key[Scheme.Length..].Contains('/', StringComparison.Ordinal);

    public SemaphoreSlim LockOf(string key) => _locks.GetOrAdd(key, _ => new SemaphoreSlim(1));

    public byte[]? Find(string key) => _contents.GetValueOrDefault(key);

    public void Write(string key, byte[] content) => _contents[key] = content;

    public void Remove(string key) => _contents.TryRemove(key, out _);
}
