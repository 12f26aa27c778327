using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>The rows that a table had before a migration, and the table that holds them now.</summary>
/// <param name="watched">The table before the migration.</param>
internal sealed class TrackedRows(WatchedTable watched)
{
    private readonly TrackedTable _first = new(watched.Name);
    private TrackedTable? _holder;
    private TrackedTable? _dropped;

    public WatchedTable Watched => watched;

    /// <summary>
    /// The table that holds them now; <see langword="null"/> if it was dropped without a replacement.
    /// </summary>
    public TrackedTable? Holder => _dropped is null ? _holder ?? _first : null;

    /// <summary>The possible names of the holder's replacement, the most likely first.</summary>
    public IEnumerable<string> SuccessorNames => [watched.Name, watched.Original, .. (_dropped ?? Holder!).Names];

    public void Orphan() => _dropped = Holder;

    public void Adopt(TrackedTable successor) => (_holder, _dropped) = (successor, null);

    /// <summary>True if their number or their table's name may have changed.</summary>
    public bool MayHaveChanged(HashSet<string> touched) =>
        _holder is not null || _first.Name != watched.Name || _first.Has(touched);
}
