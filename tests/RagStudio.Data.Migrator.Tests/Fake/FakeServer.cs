using System.Collections.Concurrent;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>The memory that contains fake storages. Only this process knows their locks.</summary>
internal sealed class FakeServer(bool isTransactional = false)
{
    private const string Scheme = "fake://";

    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FakeJournal> _journals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _commits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FakePrepared> _prepared = new(StringComparer.Ordinal);

    /// <summary>
    /// True if a run is one transaction, which is rolled back to undo it; otherwise a copy is restored.
    /// </summary>
    public bool IsTransactional { get; } = isTransactional;

    /// <summary>True if a transaction can be prepared for a commit that another storage's decides.</summary>
    public bool PreparesCommits { get; set; }

    /// <summary>The journal of the sets whose first storage is there.</summary>
    public FakeJournal JournalOf(string key) => _journals.GetOrAdd(key, _ => new FakeJournal(key + ".journal"));

    public static string KeyOf(string name) => Scheme + name;

    /// <summary>True if a storage may be created there: not within another one, as in a folder that is missing.</summary>
    public static bool HasRoomFor(string key) => !key[Scheme.Length..].Contains('/', StringComparison.Ordinal);

    public SemaphoreSlim LockOf(string key) => _locks.GetOrAdd(key, _ => new SemaphoreSlim(1));

    /// <summary>The keys of all storages that exist.</summary>
    public IEnumerable<string> Keys => _contents.Keys;

    public byte[]? Find(string key) => _contents.GetValueOrDefault(key);

    public void Write(string key, byte[] content) => _contents[key] = content;

    public void Remove(string key) => _contents.TryRemove(key, out _);

    public void Prepare(string key, byte[] content, string decidedBy) =>
        _prepared[key] = new FakePrepared(content, decidedBy, CommitsOf(decidedBy));

    public bool IsPrepared(string key) => _prepared.ContainsKey(key);

    public bool IsDecided(string key) =>
        _prepared.TryGetValue(key, out var prepared) && CommitsOf(prepared.DecidedBy) > prepared.Commits;

    /// <summary>Ends a transaction.</summary>
    public void Commit(string key, byte[] content)
    {
        Write(key, content);
        _commits.AddOrUpdate(key, 1, (_, commits) => commits + 1);
        _prepared.TryRemove(key, out _);
    }

    /// <summary>Commits what was prepared if it was decided, and forgets it otherwise.</summary>
    public void Resolve(string key)
    {
        var isDecided = IsDecided(key);
        if (_prepared.TryRemove(key, out var prepared) && isDecided)
        {
            Commit(key, prepared.Content);
        }
    }

    private int CommitsOf(string key) => _commits.GetValueOrDefault(key);
}
