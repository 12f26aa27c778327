using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Tracks the rows of tables through a migration's statements, in order. Neither names nor root pages
/// identify the rows: a root page is reused by the next table that is created, and auto_vacuum moves pages at
/// every drop.
/// </summary>
internal sealed class TableTracker
{
    private static readonly SqliteNameComparer Names = SqliteNameComparer.Instance;

    private readonly Dictionary<string, TrackedTable> _byName;
    private readonly TrackedRows[] _rows;
    private readonly HashSet<string> _touched = new(Names);

    public TableTracker(IEnumerable<WatchedTable> tables)
    {
        _rows = [.. tables.Select(table => new TrackedRows(table))];
        _byName = _rows.ToDictionary(rows => rows.Watched.Name, rows => rows.Holder!, Names);
    }

    /// <summary>Records that rows of a table were added, changed or deleted.</summary>
    public void Touched(string table) => _touched.Add(table);

    /// <summary>Records that a table was created, unless it exists.</summary>
    public void Created(string table)
    {
        if (_byName.TryAdd(table, new TrackedTable(table)))
        {
            Succeed(_byName[table]);
        }
    }

    public void Renamed(string table, string newName)
    {
        if (_byName.Remove(table, out var renamed))
        {
            _byName[newName] = renamed;
            renamed.Rename(newName);
            Succeed(renamed);
        }
    }

    public void Dropped(string table)
    {
        if (!_byName.Remove(table, out var dropped) || Find(dropped) is not { } rows)
        {
            return;
        }
        rows.Orphan();
        foreach (var name in rows.SuccessorNames)
        {
            if (rows.Holder is null && _byName.TryGetValue(name, out var successor))
            {
                Succeed(successor);
            }
        }
    }

    /// <param name="existing">The tables that exist at the end.</param>
    /// <param name="count">Counts the rows of a table.</param>
    /// <returns>What happened to the tables that were changed.</returns>
    public IReadOnlyList<TableRows> End(IEnumerable<string> existing, Func<string, long> count)
    {
        var ends = existing.ToDictionary(name => name, Names);
        var kept = _rows.Where(rows => rows.Holder is { } holder && ends.ContainsKey(holder.Name)).ToArray();
        var changed = kept.Where(rows => rows.MayHaveChanged(_touched));
        return
        [
            .. changed.Select(rows => EndOf(rows.Watched, ends[rows.Holder!.Name])),
            .. _rows
                .Except(kept)
                .Select(rows => EndWithoutHolder(rows, rows.SuccessorNames.FirstOrDefault(ends.ContainsKey))),
        ];

        TableRows EndOf(WatchedTable table, string now) => new(table.Name, now, count(now));

        // Rolling back to a savepoint restores a table's old name. A table that already holds other rows can
        // only be a successor for rows that it did not have before.
        TableRows EndWithoutHolder(TrackedRows rows, string? successor) =>
            successor is null ? new TableRows(rows.Watched.Name, null, 0)
            : Array.Find(kept, other => Names.Equals(other.Holder!.Name, successor)) is { } other
                ? new TableRows(rows.Watched.Name, null, Math.Max(0, count(ends[successor]) - other.Watched.Rows))
            : EndOf(rows.Watched, ends[successor]);
    }

    /// <summary>
    /// A table that takes the name of a dropped one inherits its rows, unless it holds others; the count at
    /// the end decides how many.
    /// </summary>
    private void Succeed(TrackedTable table)
    {
        if (Find(table) is null)
        {
            Array
                .Find(_rows, rows => rows.Holder is null && rows.SuccessorNames.Contains(table.Name, Names))
                ?.Adopt(table);
        }
    }

    private TrackedRows? Find(TrackedTable holder) => Array.Find(_rows, rows => rows.Holder == holder);
}
