using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>The rows that a table had before a migration, and the table that holds them.</summary>
/// <param name="watched">The table before the migration.</param>
internal sealed class TrackedRows(WatchedTable watched)
{
    private readonly TrackedTable _first = new(watched.Name);
    private TrackedTable? _holder;
    private TrackedTable? _dropped;

    public WatchedTable Watched => watched;

    /// <summary>What holds them now; <see langword="null"/> where that was dropped, and nothing has taken its place.</summary>
    public TrackedTable? Holder => _dropped is null ? _holder ?? _first : null;

    /// <summary>What a table is called that takes the place of the one that held them, best first.</summary>
    public IEnumerable<string> SuccessorNames => [watched.Name, watched.Original, .. (_dropped ?? Holder!).Names];

    public void Orphan() => _dropped = Holder;

    public void Adopt(TrackedTable successor) => (_holder, _dropped) = (successor, null);

    /// <summary>Whether there may be another number of them, or under another name.</summary>
    public bool MayHaveChanged(HashSet<string> touched) =>
        _holder is not null || _first.Name != watched.Name || _first.Has(touched);
}
